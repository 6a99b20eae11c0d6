package dev.bastion.access.approval;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.observation.Observation;

/** The log of what approvers decide in Slack, as entries of the ledger. Safe for many threads. */
public interface DecisionLog {
    /** Whether entries are signed. */
    boolean isSigned();

    /**
     * Records a decision, and returns when the remote has it. Repeating the call changes nothing.
     *
     * @throws LedgerUnreachable when it could not be recorded in time; it may be in the ledger or not, and repeating the call
     *     is safe
     * @throws LedgerRejected when the remote rejects it, or the key cannot be used
     */
    void record(Observation decision);
}
