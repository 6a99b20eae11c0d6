package dev.bastion.access.observation;

import java.time.Instant;
import java.util.Optional;

/**
 * One connection of a person through SSM, as {@code ssm:DescribeSessions} lists it. It says nothing of what went through it.
 *
 * @param principal the ARN of who connected, as one bounded word; {@code unknown} where SSM does not say
 * @param from when it began, whole seconds
 * @param to when it ended; empty while it lasts, or where SSM does not say
 * @param document the session document, like {@code bastion-dev-port}; empty for the account's default
 */
public record Session(String principal, Instant from, Optional<Instant> to, Optional<String> document) {
    private static final String UNKNOWN = "unknown";

    public Session {
        String word = ForeignValues.token(principal);
        principal = word.isEmpty() ? UNKNOWN : word;
        from = ForeignValues.moment(from);
        to = to.map(ForeignValues::moment);
        document = document.map(ForeignValues::token).filter(name -> !name.isEmpty());
    }
}
