package dev.bastion.access.port;

import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import java.time.Instant;
import java.util.Optional;

/** Examiner of what the platform says of one environment's bastion. */
public interface BastionDiagnostics {
    /** The environment to examine, and what should be there. */
    record Subject(EnvironmentName environment, Expected expected, Instant now) {}

    /** What should be there. */
    sealed interface Expected {
        /**
         * The bastion of a grant in force.
         *
         * @param since when access began
         * @param endSetAt when its end was set last: CI needs a while to apply it
         */
        record Granted(RequestId request, Instant since, Instant expiresAt, Instant endSetAt) implements Expected {}

        /**
         * Nothing.
         *
         * @param endedAt when the last grant ended; empty where none is known
         */
        record Closed(Optional<Instant> endedAt) implements Expected {}

        /** A bastion of which only its own tags tell: the ledger was not asked. */
        record Unknown() implements Expected {}
    }

    /**
     * Looks, changes nothing, and gives up after some seconds.
     *
     * @param found takes the findings, a cause before its symptoms; what cannot be seen is one UNKNOWN
     */
    void examine(Subject subject, Findings found);
}
