package dev.bastion.benchmarks.report;

import java.util.List;

/** The alternatives of a measurement, as text. */
final class Beside {
    private Beside() {}

    /** Like {@code git, a clone that is kept: 118.0 ms (14x of ours)}: all, or the one that the aim compares with. */
    static List<String> of(Aim aim, Measurement ours, List<Measurement> group) {
        return group.stream()
                .filter(other -> !other.isOurs()
                        && other.label().equals(aim.target().other().orElse(other.label())))
                .map(other -> "%s: %s (%s of ours)"
                        .formatted(
                                other.label(),
                                other.samples().unit().format(other.samples().median()),
                                Ratio.text(
                                        other.samples().median(), ours.samples().median())))
                .toList();
    }
}
