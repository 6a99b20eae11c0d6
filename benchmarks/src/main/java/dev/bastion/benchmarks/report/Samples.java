package dev.bastion.benchmarks.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** The samples of one measurement, at least one: durations in nanoseconds, sizes in bytes, or counts. */
public final class Samples {
    /** The standard deviations of a normal distribution that 95 % lie within. */
    private static final double CONFIDENCE = 1.96;

    private final Unit unit;
    private final long[] sorted;

    private Samples(Unit unit, long[] figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        this.unit = unit;
        this.sorted = figures.clone();
        Arrays.sort(sorted);
    }

    public static Samples nanos(long... nanos) {
        return new Samples(Unit.TIME, nanos);
    }

    public static Samples durations(Collection<Duration> durations) {
        return nanos(durations.stream().mapToLong(Duration::toNanos).toArray());
    }

    public static Samples bytes(long... bytes) {
        return new Samples(Unit.SIZE, bytes);
    }

    public static Samples counts(long... counts) {
        return new Samples(Unit.COUNT, counts);
    }

    /** Times the work for this many rounds, after unmeasured warm-ups. */
    public static Samples timed(int warmUps, int rounds, TimedWork work) throws Exception {
        for (int round = 0; round < warmUps; round++) {
            work.run();
        }
        long[] nanos = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            long started = System.nanoTime();
            work.run();
            nanos[round] = System.nanoTime() - started;
        }
        return nanos(nanos);
    }

    Unit unit() {
        return unit;
    }

    int count() {
        return sorted.length;
    }

    long min() {
        return sorted[0];
    }

    long median() {
        return percentile(50);
    }

    long p99() {
        return percentile(99);
    }

    long max() {
        return sorted[sorted.length - 1];
    }

    /** The nearest-rank percentile. */
    private long percentile(int percent) {
        return ranked((int) Math.ceil(sorted.length * percent / 100.0));
    }

    /**
     * The range of a percentile, by ranks: of n samples, the number below the percentile is binomial. No distribution of the
     * samples is assumed. Few samples have a range from the least to the most.
     */
    Interval interval(int percent) {
        double fraction = percent / 100.0;
        double centre = sorted.length * fraction;
        double spread = CONFIDENCE * Math.sqrt(centre * (1 - fraction));
        return new Interval(ranked((int) Math.floor(centre - spread)), ranked((int) Math.ceil(centre + spread) + 1));
    }

    private long ranked(int rank) {
        return sorted[Math.clamp(rank, 1, sorted.length) - 1];
    }
}
