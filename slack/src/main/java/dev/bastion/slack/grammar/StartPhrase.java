package dev.bastion.slack.grammar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The start of a request for later, with the length beside it, at the beginning of some words: {@code from tomorrow 02:00 for
 * 2h}, {@code 2h on 2026-12-01 at 2am}, {@code from 02:00 until 04:00}, {@code in 3 hours for 30m}. What tells no day needs a
 * length: {@code from 02:00} alone is a fact as often.
 *
 * @param isOfLaterDay whether it says tomorrow or a date, which few facts do
 * @param words how many words it takes
 */
record StartPhrase(Start start, Optional<Length> length, boolean isOfLaterDay, int words) {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern DATE_AND_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}t\\d{2}:\\d{2}");

    /** A start without its length. */
    private record Moment(Start start, boolean hasDay, int words) {}

    private record Measured(Length length, int words) {}

    static Optional<StartPhrase> startOf(List<Word> words) {
        Optional<Measured> before = duration(words);
        Optional<StartPhrase> lengthFirst = before.flatMap(
                length -> moment(words.subList(length.words(), words.size())).map(moment -> of(moment, before, words)));
        return lengthFirst.or(() -> moment(words).flatMap(moment -> withLengthBehind(moment, words)));
    }

    private static Optional<StartPhrase> withLengthBehind(Moment moment, List<Word> words) {
        Optional<Measured> behind = length(words.subList(moment.words(), words.size()));
        return moment.hasDay() || behind.isPresent() ? Optional.of(of(moment, behind, words)) : Optional.empty();
    }

    private static StartPhrase of(Moment moment, Optional<Measured> length, List<Word> words) {
        boolean isToday = words.stream().limit(moment.words()).anyMatch(word -> word.isOneOf("today"));
        return new StartPhrase(
                moment.start(),
                length.map(Measured::length),
                moment.hasDay() && !isToday,
                moment.words() + length.map(Measured::words).orElse(0));
    }

    private static Optional<Measured> length(List<Word> words) {
        return TimePhrase.startOf(words)
                .map(until -> new Measured(new Length.Until(until.time()), until.words()))
                .or(() -> duration(words));
    }

    private static Optional<Measured> duration(List<Word> words) {
        int mark = words.size() > 1 && words.getFirst().isOneOf("for") ? 1 : 0;
        return DurationPhrase.startOf(words.subList(mark, words.size()))
                .flatMap(phrase ->
                        phrase.asGrant().map(length -> new Measured(new Length.For(length), mark + phrase.words())));
    }

    private static Optional<Moment> moment(List<Word> words) {
        if (words.size() < 2) {
            return Optional.empty();
        }
        Word first = words.getFirst();
        if (first.isOneOf("in")) {
            return DurationPhrase.startOf(words.subList(1, words.size()))
                    .map(ahead -> new Moment(new Start.In(ahead.length()), false, 1 + ahead.words()));
        }
        int mark = first.isOneOf("from", "starting", "at", "on") ? 1 : 0;
        List<Word> marked = words.subList(mark, words.size());
        Optional<Moment> onDay = dateAndTime(marked).or(() -> day(marked));
        return (mark == 0 ? onDay : onDay.or(() -> time(marked)))
                .map(moment -> new Moment(moment.start(), moment.hasDay(), mark + moment.words()));
    }

    /** {@code 2026-12-01T02:00}. */
    private static Optional<Moment> dateAndTime(List<Word> words) {
        String word = words.getFirst().plain();
        if (!DATE_AND_TIME.matcher(word).matches() || TimePhrase.isZone(words, 1)) {
            return Optional.empty();
        }
        try {
            LocalDateTime at = LocalDateTime.parse(word.replace('t', 'T'));
            return Optional.of(new Moment(new Start.OnDate(at.toLocalDate(), at.toLocalTime()), true, 1));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** {@code tomorrow 02:00}, {@code 2026-12-01 at 2am}. */
    private static Optional<Moment> day(List<Word> words) {
        int joined = words.size() > 2 && words.get(1).isOneOf("at", "from") ? 1 : 0;
        int day = 1 + joined;
        if (words.size() <= day) {
            return Optional.empty();
        }
        return TimePhrase.timeAt(words.subList(day, words.size())).flatMap(time -> {
            int taken = day + time.words();
            return switch (words.getFirst().plain()) {
                case "today" -> Optional.of(new Moment(new Start.OnDay(0, time.time()), true, taken));
                case "tomorrow" -> Optional.of(new Moment(new Start.OnDay(1, time.time()), true, taken));
                default -> date(words.getFirst()).map(on -> new Moment(new Start.OnDate(on, time.time()), true, taken));
            };
        });
    }

    private static Optional<LocalDate> date(Word word) {
        try {
            return DATE.matcher(word.plain()).matches() ? Optional.of(LocalDate.parse(word.plain())) : Optional.empty();
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** {@code 02:00}, {@code 2am tomorrow}. */
    private static Optional<Moment> time(List<Word> words) {
        return TimePhrase.timeAt(words).map(time -> {
            boolean isTomorrow =
                    words.size() > time.words() && words.get(time.words()).isOneOf("tomorrow");
            return new Moment(
                    new Start.OnDay(isTomorrow ? 1 : 0, time.time()), isTomorrow, time.words() + (isTomorrow ? 1 : 0));
        });
    }
}
