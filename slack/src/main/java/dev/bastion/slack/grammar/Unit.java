package dev.bastion.slack.grammar;

import java.time.Duration;
import java.util.Optional;

/** A unit of time, the longest one first. */
enum Unit {
    WEEK(Duration.ofDays(7)),
    DAY(Duration.ofDays(1)),
    HOUR(Duration.ofHours(1)),
    MINUTE(Duration.ofMinutes(1)),
    SECOND(Duration.ofSeconds(1));

    private final Duration length;

    Unit(Duration length) {
        this.length = length;
    }

    Duration length() {
        return length;
    }

    /** The unit that a word in lower case means. */
    static Optional<Unit> of(String word) {
        return switch (word) {
            case "w", "wk", "wks", "week", "weeks" -> Optional.of(WEEK);
            case "d", "day", "days" -> Optional.of(DAY);
            case "h", "hr", "hrs", "hour", "hours" -> Optional.of(HOUR);
            case "m", "min", "mins", "minute", "minutes" -> Optional.of(MINUTE);
            case "s", "sec", "secs", "second", "seconds" -> Optional.of(SECOND);
            default -> Optional.empty();
        };
    }
}
