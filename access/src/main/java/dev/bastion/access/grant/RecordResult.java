package dev.bastion.access.grant;

/** The result of recording a change: acknowledged by the remote, or a conflict with the ledger. */
public sealed interface RecordResult {
    /**
     * In the ledger.
     *
     * @param grant the grant as it now stands, or as it stood when it was closed
     * @param repeated whether an earlier call recorded it
     */
    record Recorded(CommitId commit, Grant grant, boolean repeated) implements RecordResult {}

    /** The required state no longer holds; decide again. */
    record Conflict(EnvironmentState found) implements RecordResult {}
}
