package dev.bastion.github.rules;

/**
 * The place where a rule is set: a ruleset, or a setting of branch protection.
 *
 * @param name for people, like {@code ruleset "guard main" of acme/environments}
 * @param page where it is on GitHub's pages
 * @param bypass where the service can be exempted, and how
 */
record RuleSource(String name, String page, String bypass) {
    /**
     * A ruleset.
     *
     * @param owner {@code owner/name} of the repository, or the organization's name
     */
    static RuleSource ruleset(String name, String owner, boolean ofRepository) {
        String section = ofRepository ? ": Settings → Rules → Rulesets → " : ": Settings → Repository → Rulesets → ";
        String page = owner + section + name;
        return new RuleSource(
                "ruleset \"" + name + "\" of " + owner,
                page,
                page + " → Bypass list: add the service's account, \"Always\"");
    }

    /** Classic protection of a branch. */
    static RuleSource protection(String branch, String bypass) {
        String page = "Settings → Branches → " + branch;
        return new RuleSource("branch protection of " + branch, page, page + ": " + bypass);
    }
}
