package dev.bastion.slack.message;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** A length of time as people write it. */
public final class HumanDuration {
    private HumanDuration() {}

    /** Two units at most: {@code 45s}, {@code 1m 30s}, {@code 12m}, {@code 1h 30m}, {@code 2d 3h}. */
    public static String of(Duration span) {
        if (span.compareTo(Duration.ofMinutes(1)) < 0) {
            return Math.max(0, span.toSeconds()) + "s";
        }
        if (span.compareTo(Duration.ofHours(1)) < 0) {
            return pair(span.toMinutes(), "m", span.toSecondsPart(), "s");
        }
        if (span.compareTo(Duration.ofDays(1)) < 0) {
            return pair(span.toHours(), "h", span.toMinutesPart(), "m");
        }
        return pair(span.toDays(), "d", span.toHoursPart(), "h");
    }

    /** The same in whole minutes from one minute on, for a message that would else be edited every second. */
    public static String growing(Duration span) {
        return of(span.compareTo(Duration.ofMinutes(1)) < 0 ? span : span.truncatedTo(ChronoUnit.MINUTES));
    }

    private static String pair(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
