package dev.bastion.benchmarks.report;

import java.util.List;

/**
 * What one contestant took for one piece of work. Measurements with the same {@code what} are printed together, and the
 * alternatives beside ours.
 *
 * @param what the work, such as {@code edit one value in 400 lines}
 * @param label who did it, such as {@code rewrite-hcl}
 * @param isOurs whether that is us
 * @param aims what ours is meant to reach; empty for an alternative
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
