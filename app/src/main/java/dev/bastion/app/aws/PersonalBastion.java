package dev.bastion.app.aws;

import dev.bastion.access.grant.BastionObservation.Connection;
import java.time.Instant;
import java.util.Optional;

/**
 * A bastion as a person finds it by its tags.
 *
 * @param isRunning false while it still starts
 * @param holder the name of the person whose grant it is; may be empty
 * @param expiresAt the grant's end; empty where the tag is missing or no moment
 */
public record PersonalBastion(Connection connection, boolean isRunning, String holder, Optional<Instant> expiresAt) {
    /** Its id, like {@code i-0123456789abcdef0}. */
    public String instance() {
        return connection.instance();
    }

    /** Whether the grant's end has passed. */
    public boolean hasExpired(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }
}
