package dev.bastion.scheduler.database;

import java.time.Instant;
import java.util.Optional;

/**
 * What a replica knows of the shared database.
 *
 * @param downSince since when it does not answer; empty while it answers
 * @param problem its last answer, in one line; empty while it answers
 * @param leads whether this replica does the recurring work
 */
public record DatabaseState(Optional<Instant> downSince, String problem, boolean leads) {
    public boolean isUp() {
        return downSince.isEmpty();
    }
}
