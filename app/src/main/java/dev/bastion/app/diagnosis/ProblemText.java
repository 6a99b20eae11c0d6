package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A problem of a settings or policy file as a finding. The problem reads {@code file: key: what is wrong; what to do}.
 */
final class ProblemText {
    /** Where the sentence begins that says what to do. */
    private static final Pattern REMEDY =
            Pattern.compile("; (?=(it must|set|see|remove|keep|create|add|write|correct|name|use|quote|make|put)\\b)");

    private ProblemText() {}

    static List<Finding> findings(Area area, List<String> problems, UnaryOperator<String> place, String usualRemedy) {
        return problems.stream()
                .map(problem -> finding(area, problem, place, usualRemedy))
                .toList();
    }

    /** @param place makes {@code file:line} of {@code file: key} */
    private static Finding finding(Area area, String problem, UnaryOperator<String> place, String usualRemedy) {
        String[] parts = problem.split(": ", 3);
        if (parts.length < 3) {
            return Finding.problem(area, "file", problem, usualRemedy);
        }
        String key = parts[0] + ": " + parts[1];
        String[] halves = REMEDY.split(parts[2], 2);
        return Finding.problem(area, place.apply(key), halves[0], halves.length > 1 ? halves[1] : usualRemedy);
    }
}
