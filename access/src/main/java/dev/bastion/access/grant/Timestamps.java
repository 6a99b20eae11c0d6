package dev.bastion.access.grant;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The ledger's time: RFC 3339, UTC, whole seconds. */
public final class Timestamps {
    /** The first and the last moment that the ledger holds: RFC 3339 ends with the year 9999. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** The form of a time in the ledger; each 0 stands for a digit. */
    private static final String USUAL_FORM = "0000-00-00T00:00:00Z";

    private static final int SECONDS_OF_DAY = 24 * 60 * 60;

    private Timestamps() {}

    /**
     * The moment that a text says, in whole seconds.
     *
     * @throws DateTimeException when it is not RFC 3339, or outside the years 2000 to 9999: Java also reads years of
     *     ten digits, which overflow in arithmetic
     */
    public static Instant parse(String text) {
        Instant moment = isUsualForm(text) ? usual(text) : wholeSeconds(Instant.parse(text));
        if (!moment.equals(clamped(moment))) {
            throw new DateTimeException("not in the years 2000 to 9999");
        }
        return moment;
    }

    /** Whether a text has the ledger's own form, {@code 2026-01-15T10:30:00Z}, whatever its numbers say. */
    private static boolean isUsualForm(String text) {
        boolean isUsual = text.length() == USUAL_FORM.length();
        for (int at = 0; isUsual && at < text.length(); at++) {
            char each = text.charAt(at);
            isUsual = USUAL_FORM.charAt(at) == '0' ? each >= '0' && each <= '9' : each == USUAL_FORM.charAt(at);
        }
        return isUsual;
    }

    /** The moment in a text of the usual form: the parser of {@link Instant} takes most of a history's reading. */
    private static Instant usual(String text) {
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        boolean isTimeOfDay = hour < 24 && minute < 60 && second < 60;
        return isTimeOfDay
                ? LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                        .atTime(hour, minute, second)
                        .toInstant(ZoneOffset.UTC)
                // 24:00 and leap seconds
                : Instant.parse(text);
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int at = from; at < from + digits; at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    /**
     * The text of a moment, as {@link Instant#toString} has it. What the ledger holds is written digit by digit: Java's formatter
     * takes most of the printing of a history.
     */
    public static String text(Instant moment) {
        return moment.getNano() == 0 && moment.equals(clamped(moment))
                ? usual(moment.getEpochSecond())
                : moment.toString();
    }

    private static String usual(long epochSecond) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochSecond, SECONDS_OF_DAY));
        int second = Math.floorMod(epochSecond, SECONDS_OF_DAY);
        byte[] text = USUAL_FORM.getBytes(StandardCharsets.US_ASCII);
        write(text, 0, 4, date.getYear());
        write(text, 5, 2, date.getMonthValue());
        write(text, 8, 2, date.getDayOfMonth());
        write(text, 11, 2, second / 3600);
        write(text, 14, 2, second / 60 % 60);
        write(text, 17, 2, second % 60);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void write(byte[] text, int from, int digits, int number) {
        int left = number;
        for (int at = from + digits - 1; at >= from; at--) {
            text[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
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
