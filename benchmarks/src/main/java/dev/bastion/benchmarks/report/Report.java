package dev.bastion.benchmarks.report;

import java.util.List;
import java.util.Optional;

/** The text report of a benchmark: our row first, each alternative with its ratio, then the aims. */
public final class Report {
    private static final String ROW = "  %-34s %6s %11s %11s %11s %9s%n";

    private final StringBuilder text = new StringBuilder();

    public static String of(Benchmark benchmark, List<Measurement> measurements) {
        Report report = new Report();
        report.text.append("%n%s: %s%n".formatted(benchmark.name(), benchmark.question()));
        measurements.stream().map(Measurement::what).distinct().forEach(what -> report.group(what, measurements));
        return report.text.toString();
    }

    private void group(String what, List<Measurement> all) {
        List<Measurement> group =
                all.stream().filter(one -> one.what().equals(what)).toList();
        Optional<Measurement> ours = group.stream().filter(Measurement::isOurs).findFirst();
        text.append(ROW.formatted(what, "n", "min", "median", "p99", "ratio"));
        group.forEach(one -> row(one, ours));
        ours.ifPresent(one -> one.aims().forEach(aim -> aim(aim, one, group)));
    }

    private void row(Measurement one, Optional<Measurement> ours) {
        Samples samples = one.samples();
        Unit unit = samples.unit();
        text.append(ROW.formatted(
                "  " + one.label(),
                samples.count(),
                unit.format(samples.min()),
                unit.format(samples.median()),
                unit.format(samples.p99()),
                ours.map(our -> Ratio.text(samples.median(), our.samples().median()))
                        .orElse("")));
    }

    private void aim(Aim aim, Measurement ours, List<Measurement> group) {
        text.append("    aim: %s: %s%n".formatted(aim.target().text(), Verdict.of(aim, ours, group)));
    }
}
