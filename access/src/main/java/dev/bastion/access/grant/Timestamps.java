package dev.bastion.access.grant;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The ledger's time: RFC 3339, UTC, whole seconds. */
public final class Timestamps {
    private Timestamps() {}

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
}
