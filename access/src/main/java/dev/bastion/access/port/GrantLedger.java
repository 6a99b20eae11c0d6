package dev.bastion.access.port;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.LedgerSnapshot;
import java.time.Instant;
import java.util.List;

/** Where grants are written down: the only state there is. Safe for many threads. */
public interface GrantLedger {
    /**
     * The ledger as the remote has it now.
     *
     * @throws LedgerUnreachable when the remote does not answer; worth trying again
     * @throws LedgerRejected when it will not let us read
     */
    LedgerSnapshot read();

    /** The ledger as this process read or wrote it last; asks nobody. */
    LedgerSnapshot lastSeen();

    /**
     * Writes the change down, if what it presupposes still holds, and returns only when the remote has acknowledged it.
     * Writing the same change twice is the same as once.
     *
     * @throws LedgerUnreachable when it could not be written in time; it may or may not stand in the ledger, and writing
     *     the same change again is safe
     * @throws LedgerRejected when the remote will not have it
     */
    RecordResult record(LedgerChange change);

    /** Grants that ended at or after the moment, newest first, as of the last read. */
    List<PastGrant> endedSince(Instant moment);

    /** The last grants of one environment that are over, newest first, at most {@code most}, as of the last read. */
    List<PastGrant> history(EnvironmentName environment, int most);
}
