package dev.bastion.access.state;

import dev.bastion.access.grant.CommitId;

/**
 * What is wrong with a file on the default branch: one that CI could take for a bastion and that the service does not watch, one that
 * was changed without the approval that the policy asks for, or a {@code ledger.yaml} that names slots without a file.
 *
 * @param path its path in the repository
 * @param problem what is wrong, like {@code it sets deploy_bastion, but no pattern of ledger.yaml names it}
 * @param commit the commit that changed it last
 * @param by that commit's author, as it says
 */
public record LayoutProblem(Kind kind, String path, String problem, CommitId commit, String by) {
    public enum Kind {
        LOOKALIKE,
        UNAPPROVED,
        /** {@code ledger.yaml} gives an environment slots that have no file. */
        SLOTS
    }
}
