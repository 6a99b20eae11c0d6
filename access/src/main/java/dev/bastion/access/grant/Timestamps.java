package dev.bastion.access.grant;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The ledger's time: RFC 3339, UTC, whole seconds. */
public final class Timestamps {
    /** The first and the last moment that the ledger holds: RFC 3339 ends with the year 9999. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Timestamps() {}

    /**
     * The moment that a text says, in whole seconds.
     *
     * @throws DateTimeException when it is not RFC 3339, or outside the years 2000 to 9999: Java also reads years of
     *     ten digits, which overflow in arithmetic
     */
    public static Instant parse(String text) {
        Instant moment = wholeSeconds(Instant.parse(text));
        if (!moment.equals(clamped(moment))) {
            throw new DateTimeException("not in the years 2000 to 9999");
        }
        return moment;
    }

    /** The moment, or the nearest one in the years 2000 to 9999. */
    public static Instant clamped(Instant moment) {
        return moment.isBefore(EARLIEST) ? EARLIEST : moment.isAfter(LATEST) ? LATEST : moment;
    }

    /** The moment without its fraction of a second. */
    public static Instant wholeSeconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    public static void requireWholeSeconds(Instant moment) {
        if (!moment.equals(wholeSeconds(moment))) {
            throw new InvalidValue("moment", moment.toString(), "whole seconds, like 2026-01-15T10:30:00Z");
        }
    }

    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    public static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
