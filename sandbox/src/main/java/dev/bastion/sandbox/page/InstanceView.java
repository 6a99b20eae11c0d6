package dev.bastion.sandbox.page;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An EC2 instance, as the page shows it.
 *
 * @param id {@code i-…}
 * @param environment the environment it is a bastion of, for people
 * @param state EC2's word: pending, running, shutting-down, terminated
 * @param ssm SSM's word: Online, ConnectionLost, Inactive; empty when SSM does not know it
 * @param expires when its grant ends by its tags, null when they do not say
 */
public record InstanceView(
        String id,
        String environment,
        String state,
        String ssm,
        @Nullable Instant launched,
        @Nullable Instant expires,
        Map<String, String> tags) {
    public InstanceView {
        tags = Map.copyOf(tags);
    }
}
