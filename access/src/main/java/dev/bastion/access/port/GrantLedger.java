package dev.bastion.access.port;

import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Instant;
import java.util.List;

/** The record of grants, and the only state of the service. Safe for many threads. */
public interface GrantLedger {
    /**
     * The ledger as the remote has it now.
     *
     * @throws LedgerUnreachable when the remote does not answer; retrying is safe
     * @throws LedgerRejected when it rejects the read
     * @throws LedgerNotRead instead of these, when the ledger was never read before
     */
    LedgerSnapshot read();

    /** The same for a {@link #record} that follows at once, which may then need fewer calls. */
    default LedgerSnapshot readToRecord() {
        return read();
    }

    /** The ledger as this process last read or wrote it; makes no call. */
    LedgerSnapshot lastSeen();

    /**
     * Records the change if its required state still holds; returns when the remote has acknowledged it.
     * Repeating the call changes nothing.
     *
     * @throws LedgerUnreachable when it could not be recorded in time; it may be in the ledger or not, and repeating the call
     *     is safe
     * @throws LedgerRejected when the remote rejects it
     */
    RecordResult record(LedgerChange change);

    /** Grants that ended at or after the moment, newest first, as of the last read. */
    List<PastGrant> endedSince(Instant moment);

    /** The last ended grants of one environment, newest first, at most {@code most}, as of the last read. */
    List<PastGrant> history(EnvironmentName environment, int most);

    /**
     * The last commits that changed the environment's file, by the service or by hand, oldest first, as of the last read. Enough for
     * an hour of ordinary use; older ones may be missing.
     */
    List<EnvironmentCommit> commits(EnvironmentName environment);
}
