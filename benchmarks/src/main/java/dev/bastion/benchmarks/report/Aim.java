package dev.bastion.benchmarks.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A target for a measurement. */
public sealed interface Aim {
    /** The text, like {@code median under 30.0 ms}. */
    String text();

    /** @param group the measurements of the same work, ours among them */
    boolean isMet(Samples ours, List<Measurement> group);

    static Aim under(Statistic statistic, Duration bound) {
        return new Under(statistic, Unit.TIME, bound.toNanos());
    }

    static Aim underBytes(Statistic statistic, long bound) {
        return new Under(statistic, Unit.SIZE, bound);
    }

    static Aim underCount(Statistic statistic, long bound) {
        return new Under(statistic, Unit.COUNT, bound);
    }

    /** The alternative's median is at least this many times ours; 1 means "not slower". */
    static Aim timesFaster(double times, String alternative) {
        return new Faster(times, alternative);
    }

    /** The statistic is at most this many times the alternative's. */
    static Aim atMostTimes(Statistic statistic, double times, String alternative) {
        return new AtMost(statistic, times, alternative);
    }

    /** A statistic below a bound. */
    record Under(Statistic statistic, Unit unit, long bound) implements Aim {
        @Override
        public String text() {
            return statistic.name().toLowerCase(Locale.ROOT) + " under " + unit.format(bound);
        }

        @Override
        public boolean isMet(Samples ours, List<Measurement> group) {
            return statistic.of(ours) < bound;
        }
    }

    /** Faster than an alternative by a factor. */
    record Faster(double times, String alternative) implements Aim {
        @Override
        public String text() {
            return times == 1
                    ? "not slower than " + alternative
                    : String.format(Locale.ROOT, "%.0f times faster than %s", times, alternative);
        }

        @Override
        public boolean isMet(Samples ours, List<Measurement> group) {
            return group.stream()
                    .filter(other -> other.label().equals(alternative))
                    .anyMatch(other -> other.samples().median() >= times * ours.median());
        }
    }

    /** Not slower than an alternative by more than a factor. */
    record AtMost(Statistic statistic, double times, String alternative) implements Aim {
        @Override
        public String text() {
            String name = statistic.name().toLowerCase(Locale.ROOT);
            return String.format(Locale.ROOT, "%s at most %.1f times that of %s", name, times, alternative);
        }

        @Override
        public boolean isMet(Samples ours, List<Measurement> group) {
            return group.stream()
                    .filter(other -> other.label().equals(alternative))
                    .anyMatch(other -> statistic.of(ours) <= times * statistic.of(other.samples()));
        }
    }
}
