package dev.bastion.access.mutation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One change that pitest made to the compiled rules, and whether a test noticed it.
 *
 * @param place class and method, like {@code dev.bastion.layout.Layout.kindOf}
 * @param mutator pitest's short name of the kind of change, like {@code ConditionalsBoundary}
 * @param text the source line, without indentation
 * @param line its number, for people: an accepted mutant is found again by its text
 * @param description the change in pitest's words
 */
record Mutant(String place, String mutator, String text, int line, String description, Status status) {
    enum Status {
        KILLED,
        /** A test ran too long: the change made a loop endless, or the machine was busy. */
        TIMED_OUT,
        SURVIVED,
        /** Pitest could not try it. */
        FAILED
    }

    /** A record pattern, such as {@code instanceof NotLiteral(String text, int _)}: javac adds a jump on the constant true. */
    private static final Pattern RECORD_PATTERN = Pattern.compile("\\b(?:instanceof|case) [\\w.]+(?:<[^()]*>)?\\(\\w");

    /** Alternatives, such as {@code case Open _, Closed _}: javac asks again which it is, when the switch has found one. */
    private static final Pattern ALTERNATIVES = Pattern.compile("^case (?:[\\w.]+ _, )+[\\w.]+ _ ->");

    private static final String CONDITION_REMOVED = "RemoveConditional_EQUAL_IF";

    /** What an accepted mutant is found by. */
    String key() {
        return place + " | " + mutator + " | " + text;
    }

    /** How many such mutants of its line are equivalent whatever tests do: those of jumps that javac adds for patterns. */
    int fromPatterns() {
        if (!mutator.equals(CONDITION_REMOVED)) {
            return 0;
        }
        Matcher alternatives = ALTERNATIVES.matcher(text);
        return alternatives.find()
                ? alternatives.group().split(",", -1).length
                : RECORD_PATTERN.matcher(text).find() ? 1 : 0;
    }
}
