package dev.bastion.benchmarks.report;

import java.util.List;

/**
 * The samples of one implementation for one piece of work. Measurements with the same {@code what} are printed
 * together.
 *
 * @param what the work, like {@code edit one value in 400 lines}
 * @param label the implementation, like {@code rewrite-hcl}
 * @param isOurs whether it is this project's
 * @param aims the targets; empty for an alternative
 */
public record Measurement(String what, String label, boolean isOurs, Samples samples, List<Aim> aims) {
    public Measurement {
        aims = List.copyOf(aims);
    }

    public static Measurement ours(String what, Samples samples, Aim... aims) {
        return new Measurement(what, "ours", true, samples, List.of(aims));
    }

    public static Measurement alternative(String what, String label, Samples samples) {
        return new Measurement(what, label, false, samples, List.of());
    }
}
