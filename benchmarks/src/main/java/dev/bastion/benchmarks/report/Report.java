package dev.bastion.benchmarks.report;

import java.util.List;
import java.util.Locale;
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
                ours.map(our -> ratio(one, our)).orElse("")));
    }

    private static String ratio(Measurement one, Measurement ours) {
        double ratio =
                (double) one.samples().median() / Math.max(1, ours.samples().median());
        return String.format(Locale.ROOT, ratio < 10 ? "%.2fx" : "%.0fx", ratio);
    }

    private void aim(Aim aim, Measurement ours, List<Measurement> group) {
        String verdict = aim.isMet(ours.samples(), group) ? "met" : "MISSED";
        text.append("    aim: %s: %s%n".formatted(aim.text(), verdict));
    }
}
