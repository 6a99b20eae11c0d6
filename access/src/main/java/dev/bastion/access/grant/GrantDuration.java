package dev.bastion.access.grant;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long: whole seconds, from one second to seven days; written {@code 90m}, {@code 2h}, {@code 1h30m}, {@code 45s}. */
public record GrantDuration(Duration length) implements Comparable<GrantDuration> {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

    public GrantDuration {
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0 || length.toNanosPart() != 0) {
            throw new InvalidValue("duration", length.toString(), "something between 1s and 7d, like 2h");
        }
    }

    /**
     * Reads {@code 90m}, {@code 2h}, {@code 1h30m}.
     *
     * @throws InvalidValue when the text is nothing of the kind
     */
    public static GrantDuration parse(String text) {
        Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches() || parts.end() == 0) {
            throw new InvalidValue("duration", text, "a duration like 90m, 2h or 1h30m");
        }
        return new GrantDuration(Duration.ofDays(number(parts, 1))
                .plusHours(number(parts, 2))
                .plusMinutes(number(parts, 3))
                .plusSeconds(number(parts, 4)));
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    @Override
    public int compareTo(GrantDuration other) {
        return length.compareTo(other.length);
    }

    /** As people write it: {@code 1h30m}. */
    @Override
    public String toString() {
        return format(length);
    }

    /** Any length in the same form; empty for zero. */
    public static String format(Duration length) {
        return part(length.toDays(), "d")
                + part(length.toHoursPart(), "h")
                + part(length.toMinutesPart(), "m")
                + part(length.toSecondsPart(), "s");
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }
}
