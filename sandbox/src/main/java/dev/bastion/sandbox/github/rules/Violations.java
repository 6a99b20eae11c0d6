package dev.bastion.sandbox.github.rules;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What GitHub says against a push, a merge or a move of a branch; empty when it allows it.
 *
 * @param ofRules by rulesets
 * @param ofProtection by classic branch protection
 */
public record Violations(List<String> ofRules, List<String> ofProtection) {
    public static final Violations NONE = new Violations(List.of(), List.of());

    public Violations {
        ofRules = List.copyOf(ofRules);
        ofProtection = List.copyOf(ofProtection);
    }

    public boolean isEmpty() {
        return ofRules.isEmpty() && ofProtection.isEmpty();
    }

    /** The message of REST. */
    public String message() {
        return ofRules.isEmpty()
                ? String.join("\n", ofProtection)
                : "Repository rule violations found\n\n" + String.join("\n\n", ofRules) + "\n\n";
    }

    /** The status that git reports of the ref. */
    public String refStatus() {
        return ofRules.isEmpty() ? "protected branch hook declined" : "push declined due to repository rule violations";
    }

    /**
     * The text that git prints.
     *
     * @param page where the rules of the ref are shown
     */
    public String gitText(String ref, String page) {
        return ofRules.isEmpty()
                ? "GH006: Protected branch update failed for " + ref + ".\n\n" + list(ofProtection)
                : "GH013: Repository rule violations found for " + ref + ".\nReview all repository rules at " + page
                        + "\n\n" + list(ofRules);
    }

    private static String list(List<String> violations) {
        return violations.stream().map(violation -> "- " + violation + "\n").collect(Collectors.joining("\n"));
    }
}
