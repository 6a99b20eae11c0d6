package dev.bastion.github;

import java.util.List;
import java.util.Locale;

/**
 * The rules of a branch that bind the service's account when it merges: those that it may not bypass.
 *
 * @param binding one entry for each rule
 */
public record MergeRules(List<Binding> binding) {
    private static final String NO_RULE_KNOWN = "see docs/ci.md, \"The rules at GitHub\"";
    private static final Binding MERGE_COMMITS = new Binding(
            false,
            List.of("merge commits are not allowed"),
            "the repository's Settings → General → Pull Requests: turn on \"Allow merge commits\"");

    public MergeRules {
        binding = List.copyOf(binding);
    }

    /**
     * A rule that binds the service's account.
     *
     * @param isConditional whether a pull request can meet it, like a required check
     * @param words parts of GitHub's answers when the rule refuses a merge, of which one occurs; empty when they are not
     *     known
     * @param remedy the setting to change, and where
     */
    public record Binding(boolean isConditional, List<String> words, String remedy) {
        public Binding {
            words = List.copyOf(words);
        }

        private boolean isNamedIn(String answer) {
            return words.stream().anyMatch(word -> answer.contains(word.toLowerCase(Locale.ROOT)));
        }
    }

    /** Whether a pull request that GitHub shows as blocked may only have to wait, for a required check for example. */
    public boolean mayBePending() {
        return binding.stream().anyMatch(Binding::isConditional);
    }

    /** @param answer GitHub's words when it refused a merge */
    public String remedy(String answer) {
        String said = answer.toLowerCase(Locale.ROOT);
        if (MERGE_COMMITS.isNamedIn(said)) {
            return MERGE_COMMITS.remedy();
        }
        return binding.stream()
                .filter(rule -> rule.isNamedIn(said))
                .findFirst()
                .or(() -> binding.stream().filter(rule -> !rule.isConditional()).findFirst())
                .or(() -> binding.stream().findFirst())
                .map(Binding::remedy)
                .orElse(NO_RULE_KNOWN);
    }
}
