package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;

/** The receiver of what a ledger's history says. It ignores what it does not receive. */
public interface AuditSink {
    /**
     * A grant to which nothing can be added any more. They come in the order in which that is so; those that are open at the
     * head come last.
     */
    default void grant(GrantRecord grant) {}

    /** A request that ended without opening anything, in the order in which the ledger has them. */
    default void endedRequest(EndedRequest request) {}

    /** A commit that has the form of an entry, and that is none of the service's: verification says what is wrong with it. */
    default void unsignedEntry(CommitId commit) {}

    /** A change of the policy, oldest first. */
    default void policyChange(PolicyChange change) {}
}
