package dev.bastion.github;

/**
 * The actions of the service that GitHub's rules must allow.
 *
 * @param branch the ledger's branch
 * @param directly whether the service pushes to it; otherwise it merges pull requests of its own
 * @param proposals whether the service opens proposals, and merges the approved ones
 * @param inSlack whether approvals in Slack count, which GitHub does not
 * @param committerEmail the committer's address in its commits
 * @param environments the directory whose files it changes
 */
public record RequiredPermissions(
        String branch,
        boolean directly,
        boolean proposals,
        boolean inSlack,
        String committerEmail,
        String environments) {
    /** Where approvals are reviews on GitHub alone. */
    public RequiredPermissions(
            String branch, boolean directly, boolean proposals, String committerEmail, String environments) {
        this(branch, directly, proposals, false, committerEmail, environments);
    }

    /** An example of an author's address. */
    public String authorEmail() {
        return "U12345678@users.noreply.slack.invalid";
    }

    /** An example of a commit's subject. */
    public String subject() {
        return "bastion(dev): expire access of john.doe";
    }

    /** An example of a proposal's branch. */
    public String proposalBranch() {
        return "bastion/dev/01JHR7Z9C0V6T1XK";
    }

    /** An example of a changed file. */
    public String file() {
        return environments + "/dev/bastion/terragrunt.hcl";
    }
}
