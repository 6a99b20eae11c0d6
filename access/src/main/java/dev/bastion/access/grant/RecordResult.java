package dev.bastion.access.grant;

/** What became of a change: written down and acknowledged by the remote, or not because the ledger says otherwise now. */
public sealed interface RecordResult {
    /**
     * It stands in the ledger.
     *
     * @param grant the grant as it now stands, or as it stood when it was closed
     * @param repeated it had been written down before; nothing was added
     */
    record Recorded(CommitId commit, Grant grant, boolean repeated) implements RecordResult {}

    /** Its precondition no longer holds: decide again, on what was found. */
    record Conflict(EnvironmentState found) implements RecordResult {}
}
