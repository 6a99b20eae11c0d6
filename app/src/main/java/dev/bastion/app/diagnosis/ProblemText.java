package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A problem of a settings or policy file as a finding. The problem reads {@code file: key: what is wrong; what to do}.
 */
final class ProblemText {
    private ProblemText() {}

    static List<Finding> findings(
            Area area, List<String> problems, UnaryOperator<String> place, String usualRemedy) {
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
        int remedy = parts[2].indexOf("; ");
        return remedy < 0
                ? Finding.problem(area, place.apply(key), parts[2], usualRemedy)
                : Finding.problem(
                        area, place.apply(key), parts[2].substring(0, remedy), parts[2].substring(remedy + 2));
    }
}
