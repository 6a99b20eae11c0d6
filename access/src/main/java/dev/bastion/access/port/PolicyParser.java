package dev.bastion.access.port;

import dev.bastion.access.policy.AccessPolicy;

/** Parser of the policy in the ledger. */
@FunctionalInterface
public interface PolicyParser {
    /**
     * The policy in the documents.
     *
     * @throws PolicyProblems with every problem of all of them at once
     */
    AccessPolicy read(PolicyDocuments documents);
}
