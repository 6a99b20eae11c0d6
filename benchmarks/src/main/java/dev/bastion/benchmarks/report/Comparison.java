package dev.bastion.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The figures of a run beside an earlier one's. A figure became worse when its range (95 % confidence) lies above the earlier one's by
 * more than what two runs of the same program differ by. Where the alternatives took longer, too, the machine was slower: their
 * times tell by how much, and our times are compared after division by that.
 */
public final class Comparison {
    private static final String ROW = "  %-6s %8s %11s %11s  %s%n";

    /** Below this many samples a range says little, and more difference is allowed. */
    private static final int FEW = 5;

    /** The alternatives' times that it takes to judge the machine. */
    private static final int WITNESSES = 3;

    private final BenchRun before;
    private final BenchRun now;
    private final double slowdown;

    public Comparison(BenchRun before, BenchRun now) {
        this.before = before;
        this.now = now;
        this.slowdown = slowdown(before, now);
    }

    /** Whether a figure of ours became worse. */
    public boolean isWorse() {
        return now.measurements().stream()
                .filter(Figure::ours)
                .anyMatch(figure -> earlier(figure)
                        .filter(old -> change(old, figure, false) == Change.WORSE
                                || (hasP99(old, figure) && change(old, figure, true) == Change.WORSE))
                        .isPresent());
    }

    /** The table: the ratio of each figure, now to then; 1 is unchanged, 2 is twice as much. */
    public String text() {
        String machine = String.format(
                Locale.ROOT,
                "%nCompared with the run of %s%n  the alternatives took %.2f times as long (median)%s%n",
                before.machine().text(),
                slowdown,
                slowdown == 1 ? "" : ": our times are judged after division by this");
        long lost = before.measurements().stream()
                .filter(old -> now.measurements().stream().noneMatch(old::isSameAs))
                .count();
        return machine
                + ROW.formatted("", "ratio", "then", "now", "")
                + now.measurements().stream().map(this::rows).collect(Collectors.joining())
                + (lost == 0 ? "" : "  %d figures of that run were not measured in this one%n".formatted(lost));
    }

    private String rows(Figure figure) {
        Optional<Figure> old = earlier(figure);
        if (old.isEmpty()) {
            return row("new", "", "", figure.unit().format(figure.median()), figure, Statistic.MEDIAN);
        }
        String median = row(old.get(), figure, false);
        return hasP99(old.get(), figure) ? median + row(old.get(), figure, true) : median;
    }

    private String row(Figure old, Figure figure, boolean isP99) {
        long then = isP99 ? old.p99() : old.median();
        long current = isP99 ? figure.p99() : figure.median();
        return row(
                figure.ours() ? change(old, figure, isP99).text() : "",
                Ratio.text(current, then),
                figure.unit().format(then),
                figure.unit().format(current),
                figure,
                isP99 ? Statistic.P99 : Statistic.MEDIAN);
    }

    private static String row(
            String mark, String ratio, String then, String current, Figure figure, Statistic statistic) {
        String subject = figure.benchmark() + ": " + figure.what() + ", " + figure.label() + ", " + statistic.label();
        return ROW.formatted(mark, ratio, then, current, subject);
    }

    private Optional<Figure> earlier(Figure figure) {
        return before.measurements().stream().filter(figure::isSameAs).findFirst();
    }

    /** Whether both have enough samples for a 99th percentile that is not their largest one. */
    private static boolean hasP99(Figure old, Figure figure) {
        return Math.min(old.count(), figure.count()) >= 100;
    }

    private Change change(Figure old, Figure figure, boolean isP99) {
        Interval then = isP99 ? old.p99Interval() : old.medianInterval();
        Interval current = isP99 ? figure.p99Interval() : figure.medianInterval();
        double machine = figure.unit() == Unit.TIME ? slowdown : 1;
        double noise = 1 + noise(figure.unit(), Math.min(old.count(), figure.count()));
        if (current.low() > then.high() * machine * noise) {
            return Change.WORSE;
        }
        return current.high() * noise < then.low() * machine ? Change.BETTER : Change.NONE;
    }

    private static double noise(Unit unit, int count) {
        return switch (unit) {
            case TIME -> count < FEW ? 0.5 : 0.1;
            case SIZE -> count < FEW ? 0.2 : 0.1;
            case COUNT -> 0;
        };
    }

    private static double slowdown(BenchRun before, BenchRun now) {
        double[] ratios = now.measurements().stream()
                .filter(figure -> !figure.ours() && figure.unit() == Unit.TIME)
                .flatMap(figure -> before.measurements().stream()
                        .filter(figure::isSameAs)
                        .map(old -> Ratio.of(figure.median(), old.median())))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return ratios.length < WITNESSES
                ? 1
                : Arrays.stream(ratios).skip(ratios.length / 2).findFirst().orElse(1);
    }

    private enum Change {
        WORSE,
        BETTER,
        NONE;

        String text() {
            return this == NONE ? "" : name();
        }
    }
}
