package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A ruleset's condition on a text, like {@code starts with "JIRA-"}. */
record TextPattern(String operator, String pattern, boolean negate) {
    static TextPattern of(JsonNode parameters) {
        return new TextPattern(
                parameters.path("operator").asText(),
                parameters.path("pattern").asText(),
                parameters.path("negate").asBoolean());
    }

    boolean allows(String text) {
        return matches(text) != negate;
    }

    private boolean matches(String text) {
        return switch (operator) {
            case "starts_with" -> text.startsWith(pattern);
            case "ends_with" -> text.endsWith(pattern);
            case "contains" -> text.contains(pattern);
            case "regex" -> found(text);
            default -> !negate;
        };
    }

    /** GitHub's expressions are not quite Java's: one that Java cannot read counts as met. */
    private boolean found(String text) {
        try {
            return Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException _) {
            return !negate;
        }
    }

    /** Whether a path matches a rule's pattern of {@code *} and {@code **}. */
    static boolean glob(String glob, String path) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path));
        } catch (PatternSyntaxException _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (negate ? "not " : "") + operator.replace('_', ' ').replace("regex", "match") + " \"" + pattern + "\"";
    }
}
