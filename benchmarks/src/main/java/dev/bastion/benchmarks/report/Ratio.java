package dev.bastion.benchmarks.report;

import java.util.Locale;

/** Ratios of figures, as reports print them. */
final class Ratio {
    private Ratio() {}

    /** The first over the second; a second of 0 counts as 1. */
    static double of(long first, long second) {
        return (double) first / Math.max(1, second);
    }

    /** Like {@code 1.25x}, or {@code 25x}. */
    static String text(long first, long second) {
        return text(of(first, second));
    }

    static String text(double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.2fx" : "%.0fx", ratio);
    }
}
