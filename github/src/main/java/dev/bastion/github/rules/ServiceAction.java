package dev.bastion.github.rules;

import dev.bastion.github.RequiredPermissions;
import java.util.EnumSet;
import java.util.Set;

/** An action of the service that a rule at GitHub may refuse. */
enum ServiceAction {
    /** Pushes an entry to the ledger's branch: opens, extends, starts or ends a grant. */
    PUSH,
    /** Merges an approved proposal's pull request into the ledger's branch, by a merge commit. */
    MERGE_PROPOSAL,
    /** Merges a pull request of its own entries, like a reversion, where it may not push. */
    MERGE_ENTRY,
    /** Creates a branch {@code bastion/**} with a new commit. */
    CREATE_BRANCH,
    /** Deletes such a branch. */
    DELETE_BRANCH;

    /** What the service does to the ledger's branch. */
    static Set<ServiceAction> onTheLedger(RequiredPermissions use) {
        Set<ServiceAction> actions = EnumSet.of(use.directly() ? PUSH : MERGE_ENTRY);
        if (use.proposals()) {
            actions.add(MERGE_PROPOSAL);
        }
        return actions;
    }

    /** What the service does to branches {@code bastion/**}. */
    static Set<ServiceAction> onItsBranches(RequiredPermissions use) {
        return use.proposals() || !use.directly()
                ? EnumSet.of(CREATE_BRANCH, DELETE_BRANCH)
                : EnumSet.noneOf(ServiceAction.class);
    }

    boolean isOnItsBranches() {
        return this == CREATE_BRANCH || this == DELETE_BRANCH;
    }

    boolean isMerge() {
        return this == MERGE_PROPOSAL || this == MERGE_ENTRY;
    }
}
