package dev.bastion.access.port;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The log of what the service observed, as entries of the ledger. Safe for many threads. */
public interface ObservationLog {
    /**
     * The observations that the ledger has of a request, as of its last read, in the order in which they were written; makes no
     * call. Only those of the last requests are known, and a list of sessions is left out.
     */
    List<Observation> of(RequestId request);

    /** The time of the oldest observation that is known; empty where none is. Makes no call. */
    Optional<Instant> oldest();

    /**
     * Writes the observation later, unless the ledger has one of its kind for the request, or one waits. Returns at once, never
     * throws, and repeating the call changes nothing. No change of a grant waits for it, fails with it or is repeated for it; what
     * was not written is tried again for as long as the process runs.
     */
    void record(Observation observation);

    /** The same log, in which nothing is written. */
    default ObservationLog readOnly() {
        ObservationLog log = this;
        return new ObservationLog() {
            @Override
            public List<Observation> of(RequestId request) {
                return log.of(request);
            }

            @Override
            public Optional<Instant> oldest() {
                return log.oldest();
            }

            @Override
            public void record(Observation observation) {
                // nothing is kept
            }
        };
    }

    /** Whether the ledger has an observation of this kind, as far as {@link #of} knows it. */
    default boolean has(RequestId request, ObservationKind kind) {
        return of(request).stream().anyMatch(known -> known.kind() == kind);
    }
}
