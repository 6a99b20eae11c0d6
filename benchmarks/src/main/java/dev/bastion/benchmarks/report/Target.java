package dev.bastion.benchmarks.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bound of an aim. Less is better for every figure. */
public sealed interface Target {
    /** The text, like {@code median under 30.0 ms}. */
    String text();

    /** The figure that it bounds, like {@code 8.0 ms} or {@code 1.20x}. */
    String figure(Samples ours, List<Measurement> group);

    /** The label of the alternative that it compares with, if it does. */
    default Optional<String> other() {
        return Optional.empty();
    }

    /** @param group the measurements of the same work, ours among them */
    boolean isReached(Samples ours, List<Measurement> group);

    static Target under(Statistic statistic, Duration bound) {
        return new Under(statistic, Unit.TIME, bound.toNanos());
    }

    static Target underBytes(Statistic statistic, long bound) {
        return new Under(statistic, Unit.SIZE, bound);
    }

    /** At most so many; 0 for "none". */
    static Target atMost(Statistic statistic, long bound) {
        return new Under(statistic, Unit.COUNT, bound + 1);
    }

    /** The alternative's median is at least this many times ours; 1 means "not slower". */
    static Target timesFaster(double times, String alternative) {
        return new Faster(times, alternative);
    }

    /** The statistic is at most this many times the alternative's. */
    static Target atMostTimes(Statistic statistic, double times, String alternative) {
        return new AtMost(statistic, times, alternative);
    }

    /** A statistic below a bound. */
    record Under(Statistic statistic, Unit unit, long bound) implements Target {
        @Override
        public String text() {
            return statistic.label()
                    + (unit == Unit.COUNT ? " at most " + (bound - 1) : " under " + unit.format(bound));
        }

        @Override
        public String figure(Samples ours, List<Measurement> group) {
            return unit.format(statistic.of(ours));
        }

        @Override
        public boolean isReached(Samples ours, List<Measurement> group) {
            return statistic.of(ours) < bound;
        }
    }

    /** Faster than an alternative by a factor. */
    record Faster(double times, String alternative) implements Target {
        @Override
        public String text() {
            return times == 1
                    ? "not slower than " + alternative
                    : String.format(Locale.ROOT, "%.0f times faster than %s", times, alternative);
        }

        @Override
        public Optional<String> other() {
            return Optional.of(alternative);
        }

        @Override
        public String figure(Samples ours, List<Measurement> group) {
            return samplesOf(alternative, group)
                    .map(other -> Ratio.text(other.median(), ours.median()))
                    .orElse("?");
        }

        @Override
        public boolean isReached(Samples ours, List<Measurement> group) {
            return samplesOf(alternative, group)
                    .filter(other -> other.median() >= times * ours.median())
                    .isPresent();
        }
    }

    /** Not slower than an alternative by more than a factor. */
    record AtMost(Statistic statistic, double times, String alternative) implements Target {
        @Override
        public String text() {
            return String.format(
                    Locale.ROOT, "%s at most %.1f times that of %s", statistic.label(), times, alternative);
        }

        @Override
        public Optional<String> other() {
            return Optional.of(alternative);
        }

        @Override
        public String figure(Samples ours, List<Measurement> group) {
            return samplesOf(alternative, group)
                    .map(other -> Ratio.text(statistic.of(ours), statistic.of(other)))
                    .orElse("?");
        }

        @Override
        public boolean isReached(Samples ours, List<Measurement> group) {
            return samplesOf(alternative, group)
                    .filter(other -> statistic.of(ours) <= times * statistic.of(other))
                    .isPresent();
        }
    }

    private static Optional<Samples> samplesOf(String alternative, List<Measurement> group) {
        return group.stream()
                .filter(other -> other.label().equals(alternative))
                .map(Measurement::samples)
                .findFirst();
    }
}
