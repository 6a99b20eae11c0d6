package dev.bastion.benchmarks.report;

import java.util.List;

/** Whether a measurement reached an aim. */
enum Verdict {
    REACHED("reached"),
    MISSED("MISSED"),
    /** The work was smaller than that which the aim is for. */
    REACHED_SMALLER("reached, smaller"),
    /** The work was smaller than that which the aim is for. */
    MISSED_SMALLER("MISSED, smaller");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    static Verdict of(Aim aim, Measurement ours, List<Measurement> group) {
        boolean isReached = aim.target().isReached(ours.samples(), group);
        if (ours.isSmaller()) {
            return isReached ? REACHED_SMALLER : MISSED_SMALLER;
        }
        return isReached ? REACHED : MISSED;
    }

    @Override
    public String toString() {
        return text;
    }
}
