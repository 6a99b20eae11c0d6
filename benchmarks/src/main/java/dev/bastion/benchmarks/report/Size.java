package dev.bastion.benchmarks.report;

/** How much work a run does. */
public enum Size {
    /** Shows that a benchmark works, in a few seconds where it can; its figures are not comparable with an aim. */
    SMALL,
    /** Minutes. */
    USUAL,
    /** The size that the aims are for: hours for all benchmarks. */
    FULL;

    /** The number for this size. */
    public int pick(int small, int usual, int full) {
        return switch (this) {
            case SMALL -> small;
            case USUAL -> usual;
            case FULL -> full;
        };
    }
}
