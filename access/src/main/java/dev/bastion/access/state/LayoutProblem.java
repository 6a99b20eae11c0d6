package dev.bastion.access.state;

import dev.bastion.access.grant.CommitId;

/**
 * A file on the default branch that CI could take for a bastion and that the service does not watch, or that was changed without
 * the approval that the policy asks for.
 *
 * @param path its path in the repository
 * @param problem what is wrong, like {@code it sets deploy_bastion, but no pattern of ledger.yaml names it}
 * @param commit the commit that changed it last
 * @param by that commit's author, as it says
 */
public record LayoutProblem(Kind kind, String path, String problem, CommitId commit, String by) {
    public enum Kind {
        LOOKALIKE,
        UNAPPROVED
    }
}
