package dev.bastion.access.audit;

/** The receiver of what a ledger's history says. It ignores what it does not receive. */
public interface AuditSink {
    /**
     * A grant to which nothing can be added any more. They come in the order in which that is so; those that are open at the
     * head come last.
     */
    default void grant(GrantRecord grant) {}

    /** A request that ended without opening anything, in the order in which the ledger has them. */
    default void endedRequest(EndedRequest request) {}

    /** A change of the policy, oldest first. */
    default void policyChange(PolicyChange change) {}
}
