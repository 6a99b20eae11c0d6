package dev.bastion.benchmarks.report;

import java.util.Locale;

/** A statistic over samples. */
public enum Statistic {
    /** The sample with the least disturbance by other work on the machine. */
    MIN {
        @Override
        long of(Samples samples) {
            return samples.min();
        }
    },
    MEDIAN {
        @Override
        long of(Samples samples) {
            return samples.median();
        }
    },
    P99 {
        @Override
        long of(Samples samples) {
            return samples.p99();
        }
    },
    MAX {
        @Override
        long of(Samples samples) {
            return samples.max();
        }
    };

    abstract long of(Samples samples);

    /** In reports and in JSON. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
