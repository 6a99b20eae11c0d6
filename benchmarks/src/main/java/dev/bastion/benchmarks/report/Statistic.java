package dev.bastion.benchmarks.report;

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
}
