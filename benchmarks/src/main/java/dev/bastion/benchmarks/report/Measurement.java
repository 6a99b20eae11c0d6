package dev.bastion.benchmarks.report;

import java.util.List;

/**
 * The samples of one implementation for one piece of work. Measurements with the same {@code what} are printed
 * together.
 *
 * @param what the work with its size, like {@code edit one value in 400 lines}
 * @param label the implementation, like {@code rewrite-hcl}
 * @param isOurs whether it is this project's
 * @param aims what it has to reach; empty for an alternative
 * @param isSmaller whether the work is smaller than that which its aims are for
 */
public record Measurement(
        String what, String label, boolean isOurs, Samples samples, List<Aim> aims, boolean isSmaller) {
    public Measurement {
        aims = List.copyOf(aims);
    }

    public static Measurement ours(String what, Samples samples, Aim... aims) {
        return new Measurement(what, "ours", true, samples, List.of(aims), false);
    }

    public static Measurement alternative(String what, String label, Samples samples) {
        return new Measurement(what, label, false, samples, List.of(), false);
    }

    /** The same, of work that is smaller than that which its aims are for. */
    public Measurement smaller(boolean isSmallerWork) {
        return new Measurement(what, label, isOurs, samples, aims, isSmallerWork);
    }

    /** Those of the same work, this one included. */
    List<Measurement> group(List<Measurement> all) {
        return all.stream().filter(other -> other.what().equals(what)).toList();
    }
}
