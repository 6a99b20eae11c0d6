package dev.bastion.access.audit;

/** The receiver of what a ledger's history says. */
public interface AuditSink {
    /**
     * A grant to which nothing can be added any more. They come in the order in which that is so; those that are open at the
     * head come last.
     */
    void grant(GrantRecord grant);

    /** A change of the policy, oldest first. */
    void policyChange(PolicyChange change);
}
