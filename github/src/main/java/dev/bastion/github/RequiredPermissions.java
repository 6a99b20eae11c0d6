package dev.bastion.github;

/**
 * What the service does at the forge, as far as rules could be against it.
 *
 * @param branch the branch that is the ledger
 * @param directly whether it pushes there itself; otherwise by pull requests that it merges itself
 * @param proposals whether it puts anything before others, and so merges what they approved
 * @param committerEmail as its commits say
 * @param environments the directory it changes files in
 */
public record RequiredPermissions(
        String branch, boolean directly, boolean proposals, String committerEmail, String environments) {
    /** An example of an author's address. */
    public String authorEmail() {
        return "U12345678@users.noreply.slack.invalid";
    }

    /** An example of a commit's subject. */
    public String subject() {
        return "bastion(dev): expire access of john.doe";
    }

    /** An example of a changed file. */
    public String file() {
        return environments + "/dev/bastion/terragrunt.hcl";
    }
}
