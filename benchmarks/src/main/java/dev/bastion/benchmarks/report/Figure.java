package dev.bastion.benchmarks.report;

import java.util.List;

/**
 * A measurement as JSON keeps it: times in nanoseconds, sizes in bytes, counts.
 *
 * @param ours whether it is this project's, and no alternative
 * @param unit {@code TIME}, {@code SIZE} or {@code COUNT}
 * @param count of the samples
 * @param smaller whether the work was smaller than that which its aims are for
 */
record Figure(
        String benchmark,
        String what,
        String label,
        boolean ours,
        Unit unit,
        int count,
        long min,
        long median,
        Interval medianInterval,
        long p99,
        Interval p99Interval,
        long max,
        boolean smaller,
        List<AimResult> aims) {
    /** An aim, like {@code {"name": "request-median", "target": "median under 15.0 ms", "verdict": "reached"}}. */
    record AimResult(String name, String target, String verdict) {}

    static Figure of(String benchmark, Measurement one, List<Measurement> all) {
        Samples samples = one.samples();
        List<Measurement> group = one.group(all);
        return new Figure(
                benchmark,
                one.what(),
                one.label(),
                one.isOurs(),
                samples.unit(),
                samples.count(),
                samples.min(),
                samples.median(),
                samples.interval(50),
                samples.p99(),
                samples.interval(99),
                samples.max(),
                one.isSmaller(),
                one.aims().stream()
                        .map(aim -> new AimResult(
                                aim.name(),
                                aim.target().text(),
                                Verdict.of(aim, one, group).toString()))
                        .toList());
    }

    /** Whether this is a figure of the same work by the same implementation. */
    boolean isSameAs(Figure other) {
        return benchmark.equals(other.benchmark)
                && what.equals(other.what)
                && label.equals(other.label)
                && unit == other.unit;
    }
}
