package dev.bastion.benchmarks.report;

import java.util.Locale;

/** The unit of samples. */
enum Unit {
    /** Nanoseconds. */
    TIME {
        @Override
        String format(long nanos) {
            if (nanos < 1_000_000) {
                return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
            }
            return nanos < 1_000_000_000L
                    ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                    : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
        }
    },
    /** Bytes. */
    SIZE {
        @Override
        String format(long bytes) {
            return String.format(Locale.ROOT, "%.0f MiB", bytes / 1048576.0);
        }
    },
    /** How many. */
    COUNT {
        @Override
        String format(long count) {
            return Long.toString(count);
        }
    };

    /** The formatted figure. */
    abstract String format(long figure);
}
