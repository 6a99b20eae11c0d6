package dev.bastion.ledger.write;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.git.remote.PushOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The place where the ledger keeps observations. */
interface ObservationStore {
    /** What is known of a request; makes no call. */
    List<Observation> of(RequestId request);

    /** The time of the oldest observation that is known. */
    Optional<Instant> oldest();

    /** Whether the place is there, so that without an observation there is nothing to write. */
    boolean isReady();

    /** Reads what the remote has now. */
    void refresh();

    /**
     * Writes those that are not there yet in one push.
     *
     * @return how it ended; a lost race is read again
     */
    PushOutcome write(List<Observation> observations);
}
