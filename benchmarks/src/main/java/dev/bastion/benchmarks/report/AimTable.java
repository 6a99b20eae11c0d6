package dev.bastion.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The aims, each with the figure that was measured, its verdict, and the alternatives of the same run. An aim that no measurement
 * was made for is listed, too.
 */
public final class AimTable {
    private static final String ROW = "  %-16s %11s  %s: %s%n";
    private static final String MORE = " ".repeat(32) + "%s%n";

    private static final String NOT_MEASURED = "not measured";

    private AimTable() {}

    /** @param measurements those of a run, by the names of their benchmarks */
    public static String of(List<Aim> aims, Map<String, List<Measurement>> measurements) {
        return aims.stream()
                .map(aim -> row(aim, measurements.getOrDefault(aim.benchmark(), List.of())))
                .collect(Collectors.joining("", "%nAims%n".formatted(), tally(aims, measurements)));
    }

    private static String tally(List<Aim> aims, Map<String, List<Measurement>> measurements) {
        Map<String, Long> counts = aims.stream()
                .flatMap(aim -> verdicts(aim, measurements.getOrDefault(aim.benchmark(), List.of())))
                .collect(Collectors.groupingBy(text -> text, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining("; ", "  ", "%n".formatted()));
    }

    private static Stream<String> verdicts(Aim aim, List<Measurement> all) {
        List<Measurement> found =
                all.stream().filter(one -> one.aims().contains(aim)).toList();
        return found.isEmpty()
                ? Stream.of(NOT_MEASURED)
                : found.stream().map(one -> Verdict.of(aim, one, one.group(all)).toString());
    }

    private static String row(Aim aim, List<Measurement> all) {
        List<Measurement> found =
                all.stream().filter(one -> one.aims().contains(aim)).toList();
        String wanted = aim.subject() + ", " + aim.target().text();
        if (found.isEmpty()) {
            return ROW.formatted(NOT_MEASURED, "", aim.benchmark(), wanted);
        }
        return found.stream()
                .map(one -> measured(aim, wanted, one, one.group(all)))
                .collect(Collectors.joining());
    }

    private static String measured(Aim aim, String wanted, Measurement one, List<Measurement> group) {
        String row = ROW.formatted(
                Verdict.of(aim, one, group), aim.target().figure(one.samples(), group), aim.benchmark(), wanted);
        String measured = one.what().equals(aim.subject()) ? "" : MORE.formatted("measured: " + one.what());
        String others = Beside.of(aim, one, group).stream().map(MORE::formatted).collect(Collectors.joining());
        return row + measured + others;
    }
}
