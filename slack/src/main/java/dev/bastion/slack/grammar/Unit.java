package dev.bastion.slack.grammar;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A unit of time, with the words that people write for it, the longest unit first. */
enum Unit {
    WEEK(Duration.ofDays(7), Set.of("w", "wk", "wks", "week", "weeks")),
    DAY(Duration.ofDays(1), Set.of("d", "day", "days")),
    HOUR(Duration.ofHours(1), Set.of("h", "hr", "hrs", "hour", "hours")),
    MINUTE(Duration.ofMinutes(1), Set.of("m", "min", "mins", "minute", "minutes")),
    SECOND(Duration.ofSeconds(1), Set.of("s", "sec", "secs", "second", "seconds"));

    private final Duration length;
    private final Set<String> words;

    Unit(Duration length, Set<String> words) {
        this.length = length;
        this.words = words;
    }

    Duration length() {
        return length;
    }

    static Optional<Unit> of(String word) {
        return Stream.of(values()).filter(unit -> unit.words.contains(word)).findFirst();
    }
}
