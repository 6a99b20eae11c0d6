package dev.bastion.access.mutation;

import dev.bastion.access.mutation.Mutant.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mutants that no test can kill, because no input tells them from the code.
 *
 * @param entries the key of each, as often as it may survive
 */
record AcceptedMutants(List<String> entries) {
    private static final int PARTS = 4;

    AcceptedMutants {
        entries = List.copyOf(entries);
    }

    /**
     * Reads {@code accepted.txt}: a line for each mutant, {@code class.method | mutator | source line | reason}. Empty lines
     * and those that start with {@code #} are comments.
     *
     * @throws IllegalArgumentException when a line has another form, or no reason
     */
    static AcceptedMutants parse(List<String> lines) {
        return new AcceptedMutants(lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(AcceptedMutants::key)
                .toList());
    }

    private static String key(String line) {
        String[] parts = line.split(" \\| ", -1);
        if (parts.length != PARTS || Stream.of(parts).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "not an accepted mutant: '" + line + "'. Write: class.method | mutator | source line | reason");
        }
        return String.join(" | ", parts[0], parts[1], parts[2]);
    }

    /** What keeps the mutation tests from passing: a sentence for each mutant and for each entry without one. */
    List<String> problems(List<Mutant> mutants) {
        List<String> problems = new ArrayList<>();
        if (mutants.isEmpty()) {
            problems.add("The report has no mutants. Compare the packages in the module's pom.xml with its sources.");
        }
        mutants.stream()
                .filter(mutant -> mutant.status() == Status.FAILED)
                .map(mutant -> "pitest could not try " + named(mutant) + ". Run it again.")
                .forEach(problems::add);
        List<String> left = new ArrayList<>(entries);
        Map<String, List<Mutant>> byKey =
                mutants.stream().collect(Collectors.groupingBy(Mutant::key, TreeMap::new, Collectors.toList()));
        byKey.forEach((key, same) -> problems.addAll(surviving(key, same, left)));
        left.stream()
                .map(key -> "accepted.txt names a mutant that no longer survives: " + key + ". Remove the line.")
                .forEach(problems::add);
        return problems;
    }

    /** The survivors of one key that are not accepted; their entries leave the list. */
    private static List<String> surviving(String key, List<Mutant> same, List<String> left) {
        List<Mutant> survivors = new ArrayList<>();
        same.stream()
                .filter(mutant -> mutant.status() == Status.SURVIVED)
                .collect(Collectors.groupingBy(Mutant::line))
                .values()
                .forEach(ofLine -> survivors.addAll(
                        ofLine.subList(Math.min(ofLine.size(), ofLine.getFirst().fromPatterns()), ofLine.size())));
        while (!survivors.isEmpty() && left.remove(key)) {
            survivors.removeFirst();
        }
        // on a busy machine an equivalent mutant may time out
        same.stream().filter(mutant -> mutant.status() == Status.TIMED_OUT).forEach(mutant -> left.remove(key));
        return survivors.stream()
                .map(mutant -> "No test notices " + named(mutant) + ". Test the rule, or simplify the code.")
                .toList();
    }

    private static String named(Mutant mutant) {
        return "'" + mutant.description() + "' in line " + mutant.line() + ", " + mutant.key();
    }
}
