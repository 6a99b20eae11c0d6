package dev.bastion.sandbox.page;

import java.time.Instant;

/**
 * An open session of SSM, as the page shows it.
 *
 * @param person who opened it
 * @param target where its document forwards to, like {@code db.internal:5432}
 * @param command what connects through it
 */
public record SessionView(String id, String instance, String person, Instant from, String target, String command) {}
