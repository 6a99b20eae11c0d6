package dev.bastion.access.state;

import dev.bastion.access.grant.BastionObservation;
import java.time.Instant;
import java.util.Optional;

/**
 * An instance that looks like a bastion and that no grant explains.
 *
 * @param since when this process saw it first
 * @param terminatedAt when the service terminates it; empty where it is not this ledger's, and the service only reports it
 */
public record UnexplainedInstance(
        BastionObservation bastion, Cause cause, Instant since, Optional<Instant> terminatedAt) {

    /** Why no grant explains it. */
    public enum Cause {
        /** It has a bastion's security group, and no tag of ours. */
        NOT_TAGGED,
        /** Its tags contradict each other, or cannot be true. */
        CONTRADICTORY,
        /** Its tags name no environment of this ledger. */
        UNKNOWN_ENVIRONMENT,
        /** Its environment is closed. */
        CLOSED,
        /** Its environment is open, for another request. */
        OTHER_REQUEST,
        /** Its grant has another instance. */
        SECOND_OF_ITS_GRANT,
        /** Its tags name an open grant, and it is in another account or region than its environment. */
        ELSEWHERE
    }
}
