package dev.bastion.github.rules;

/**
 * A ruleset's name and the page where people find it.
 *
 * @param source {@code owner/name} of the repository, or the organization's name
 */
record RulesetName(String name, String source, boolean ofRepository) {
    String bypassList() {
        return (ofRepository
                        ? source + ": Settings → Rules → Rulesets → "
                        : source + ": Settings → Repository → Rulesets → ")
                + name + " → Bypass list: add the service's account, \"Always\"";
    }

    @Override
    public String toString() {
        return "ruleset \"" + name + "\" of " + source;
    }
}
