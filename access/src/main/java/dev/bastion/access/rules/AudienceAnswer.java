package dev.bastion.access.rules;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.membership.Membership;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The answer of another system to the question who belongs to an external audience. */
public sealed interface AudienceAnswer {
    /**
     * The members.
     *
     * @param at when the system was asked
     * @param accounts their accounts in the system; what no entry can keep is left out
     */
    record Members(Instant at, Set<String> accounts) implements AudienceAnswer {
        public Members {
            accounts = accounts.stream().filter(Membership::isAccount).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * No answer that may be used. It never means that a person belongs to the audience.
     *
     * @param fault why; empty before the first answer, and for one that is too old
     */
    record Missing(Optional<Fault> fault) implements AudienceAnswer {}
}
