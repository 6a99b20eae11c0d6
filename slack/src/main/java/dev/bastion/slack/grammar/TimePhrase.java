package dev.bastion.slack.grammar;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of day, and the end of access as one, at the beginning of some words: {@code until 18:00}, {@code till 6 pm today}. An hour
 * without a leading zero that could be of the morning or the evening is none.
 *
 * @param words how many words it takes
 */
record TimePhrase(LocalTime time, int words) {
    private static final Pattern FULL = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)");
    private static final Pattern HALF_DAY = Pattern.compile("(0?[1-9]|1[0-2])(?::([0-5]\\d))?(am|pm)");
    /** A zone behind a time: {@code UTC}, {@code CEST}, {@code +02:00}. */
    private static final Pattern ZONE = Pattern.compile("z|utc.*|gmt.*|[a-z]{1,4}t|[+-]\\d{1,2}.*");

    static boolean isUntil(Word word) {
        return word.isOneOf("until", "till", "til");
    }

    static Optional<TimePhrase> startOf(List<Word> words) {
        if (words.size() < 2 || !isUntil(words.getFirst())) {
            return Optional.empty();
        }
        return timeAt(words.subList(1, words.size())).map(at -> new TimePhrase(at.time(), 1 + at.words()));
    }

    /** A time of day that stands first, with {@code today} where it follows; none where a zone follows. */
    static Optional<TimePhrase> timeAt(List<Word> words) {
        String first = words.getFirst().plain();
        boolean isSplit = words.size() > 1 && words.get(1).isOneOf("am", "pm", "a.m", "p.m");
        String time = isSplit ? first + words.get(1).plain().replace(".", "") : first;
        int taken = isSplit ? 2 : 1;
        int today = words.size() > taken && words.get(taken).isOneOf("today") ? 1 : 0;
        return isZone(words, taken + today)
                ? Optional.empty()
                : read(time).map(at -> new TimePhrase(at, taken + today));
    }

    static boolean isZone(List<Word> words, int at) {
        return words.size() > at && ZONE.matcher(words.get(at).plain()).matches();
    }

    private static Optional<LocalTime> read(String text) {
        Matcher full = FULL.matcher(text);
        if (full.matches()) {
            return Optional.of(LocalTime.of(Integer.parseInt(full.group(1)), Integer.parseInt(full.group(2))));
        }
        Matcher half = HALF_DAY.matcher(text);
        if (!half.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(half.group(1)) % 12 + (half.group(3).equals("pm") ? 12 : 0);
        return Optional.of(LocalTime.of(hour, half.group(2) == null ? 0 : Integer.parseInt(half.group(2))));
    }
}
