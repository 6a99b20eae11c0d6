package dev.bastion.sandbox.slack.model;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** A generator of ids that look like Slack's, and of message timestamps that never repeat. */
public final class Ids {
    private final InstantSource clock;
    private final AtomicLong sequence = new AtomicLong(36L * 36 * 36);
    private final AtomicLong lastMicros = new AtomicLong();

    public Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** The prefix and at least eight more characters of {@code 0-9A-Z}. */
    public String next(String prefix) {
        String number = Long.toString(sequence.incrementAndGet(), 36).toUpperCase(Locale.ROOT);
        return prefix + "0".repeat(Math.max(0, 8 - number.length())) + number;
    }

    /** The moment at which the workspace is. */
    public Instant now() {
        return clock.instant();
    }

    /** Seconds and microseconds, later than any given before: {@code 1736937000.000100}. */
    public String timestamp() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, now());
        long micros = lastMicros.updateAndGet(last -> Math.max(last + 1, now));
        return "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000);
    }
}
