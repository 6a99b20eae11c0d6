package dev.bastion.slack.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parts of a reason that could have been meant as a duration, a time or a flag. It is better to ask once too often than to
 * give a person longer than they wanted.
 */
final class Doubts {
    /** The most questions: one line of a hostile text has thousands of numbers. */
    private static final int MOST = 3;

    private static final String UNIT_WORDS =
            "(?:w(?:ks?|eeks?)?|d(?:ays?)?|h(?:rs?|ours?)?|m(?:ins?|inutes?)?|s(?:ecs?|econds?)?"
                    + "|std|stunden?|minuten?|tage?|heures?|horas?|minutos?|jours?|d[ií]as?|час(?:а|ов)?|минут(?:а|ы)?|мин|ч)";
    /** {@code 2h}, {@code 1.5-hours}, {@code 2h30}, also between other signs. */
    private static final Pattern DURATION =
            Pattern.compile("(?<![\\p{L}\\p{N}.])[.,]?\\d{1,9}(?:[.,:]\\d{1,9}){0,3}[-_]?" + UNIT_WORDS + "(?:\\d{1,6}"
                    + UNIT_WORDS + "?){0,4}(?![\\p{L}\\p{N}])");

    private static final Pattern COMPOUND =
            Pattern.compile("(?:half|quarter|one|two|three|four|five|six|eight|ten|twelve|thirty)-" + UNIT_WORDS);
    private static final Pattern ISO = Pattern.compile("p(?=.*\\d)[\\dtdhmswy.,]{2,16}");
    private static final Pattern ISO_UNIT = Pattern.compile("p\\d+|p[^tdhmswy]*");
    /** {@code 18:00}, {@code 6pm}, {@code 18h00}. */
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\p{L}\\p{N}:.])(?:\\d{1,2}:\\d{2}(?::\\d{2})?(?:am|pm|h)?|\\d{1,2}h\\d{2}|\\d{1,2}[ap]\\.?m)(?![\\p{L}\\p{N}:])");

    /** {@code 2026-12-01}, {@code 2026-12-01T02:00Z}, {@code 1.12.}, {@code 12/1/26}. */
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?:t.{0,20})?|\\d{1,2}[./]\\d{1,2}(?:[./]\\d{0,4})?");

    private static final Pattern DATE_AND_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}t\\d{2}");

    private static final Pattern FRACTION = Pattern.compile("\\d{0,4}[½¼¾]|\\d{1,3}/\\d{1,3}");
    private static final Pattern NUMBER = Pattern.compile("[~<>≤≥=]*\\d{1,9}(?:[.,]\\d{1,9})?[+]?");
    private static final Pattern FLAG = Pattern.compile("(?:--|\u2013|\u2014|\u2212\u2212)\\p{L}.*|-\\p{L}");
    private static final Pattern UNIT = Pattern.compile(UNIT_WORDS);
    private static final Set<String> AMOUNTS =
            Set.of("half", "quarter", "couple", "few", "several", "dozen", "some", "another", "full", "whole");
    private static final Set<String> FILLERS = Set.of("of", "a", "an", "more", "full", "whole", "");
    private static final Set<String> LIMITS =
            Set.of("until", "till", "til", "for", "from", "by", "starting", "at", "on");
    private static final Set<String> DAYS = Set.of(
            "today",
            "tonight",
            "tomorrow",
            "noon",
            "midnight",
            "eod",
            "cob",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "next");

    private Doubts() {}

    /** The doubtful parts, as typed, in their order. */
    static List<String> in(List<Word> reason) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (at < reason.size() && found.size() < MOST) {
            List<Word> rest = reason.subList(at, reason.size());
            int words = doubtful(rest);
            if (words > 0) {
                found.add(Word.typed(rest.subList(0, words)));
            }
            at += Math.max(1, words);
        }
        return found;
    }

    /** How many of the first words could be one duration, time or flag; 0 for none. */
    private static int doubtful(List<Word> words) {
        Word first = words.getFirst();
        Optional<DurationPhrase> duration = DurationPhrase.startOf(words);
        if (duration.isPresent()) {
            return duration.get().words();
        }
        if (isDoubtful(first)) {
            return 1;
        }
        if (isAmount(first)) {
            return unitAfter(words);
        }
        return LIMITS.contains(first.plain()) ? limit(words) : 0;
    }

    private static boolean isDoubtful(Word word) {
        String plain = word.plain();
        return DURATION.matcher(plain).find()
                || TIME.matcher(plain).find()
                || DATE_AND_TIME.matcher(plain).find()
                || COMPOUND.matcher(plain).matches()
                || FRACTION.matcher(plain).matches()
                || FLAG.matcher(plain).matches()
                || TimePhrase.isUntil(word)
                || (ISO.matcher(plain).matches() && !ISO_UNIT.matcher(plain).matches());
    }

    /** Whether it is a number, or a word for one. */
    static boolean isAmount(Word word) {
        return AMOUNTS.contains(word.plain())
                || DurationPhrase.isNumberWord(word.plain())
                || NUMBER.matcher(word.plain()).matches();
    }

    /** An amount and its unit, with at most three words between: {@code a couple of hours}, {@code 2 more hours}. */
    private static int unitAfter(List<Word> words) {
        int at = 1;
        while (at < Math.min(words.size(), 4) && (FILLERS.contains(words.get(at).plain()) || isAmount(words.get(at)))) {
            at++;
        }
        return at < words.size() && UNIT.matcher(words.get(at).plain()).matches() ? at + 1 : 0;
    }

    /** A limit before a number, a date or a day: {@code for 30}, {@code from tomorrow}. */
    private static int limit(List<Word> words) {
        if (words.size() < 2) {
            return 0;
        }
        Word next = words.get(1);
        boolean isDay =
                DAYS.contains(next.plain()) || DATE.matcher(next.plain()).matches();
        boolean isNumber = NUMBER.matcher(next.plain()).matches();
        return isDay || isNumber ? 2 : 0;
    }

    /** Whether a word directly behind a duration makes it another one: {@code 1h 30}, {@code 2h tomorrow}, {@code an hour and a half}. */
    static boolean continuesDuration(List<Word> rest) {
        if (rest.isEmpty()) {
            return false;
        }
        Word first = rest.getFirst();
        boolean isJoined = rest.size() > 1
                && first.isOneOf("and", "&", "+", "or", "to", "-", "\u2013", "x")
                && isAmountLike(rest.subList(1, rest.size()));
        return isJoined || NUMBER.matcher(first.plain()).matches() || DAYS.contains(first.plain());
    }

    private static boolean isAmountLike(List<Word> words) {
        return NUMBER.matcher(words.getFirst().plain()).matches()
                || AMOUNTS.contains(words.getFirst().plain())
                || (words.size() > 1
                        && words.getFirst().isOneOf("a", "an")
                        && AMOUNTS.contains(words.get(1).plain()));
    }
}
