package dev.bastion.slack.grammar;

import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration at the beginning of some words: {@code 2h}, {@code 1h30m}, {@code 2h30}, {@code 1.5 hours}, {@code 1 h 30 min},
 * {@code an hour}, {@code half an hour}, {@code PT30M}.
 *
 * @param length in whole seconds; what is less is cut off
 * @param words how many words it takes
 */
record DurationPhrase(Duration length, int words) {
    private static final Pattern PART = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3}|,\\d)?)([a-z]{1,7})");
    private static final Pattern PARTS =
            Pattern.compile("(?:\\d{1,6}(?:\\.\\d{1,3}|,\\d)?[a-z]{1,7}){1,5}(?:[0-5]\\d)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(?:\\.\\d{1,3}|,\\d)?");
    private static final Pattern MINUTES_AFTER_HOURS = Pattern.compile("(?:h|hr|hrs|hours?)([0-5]\\d)");
    private static final Pattern ISO =
            Pattern.compile("p(?:\\d{1,4}d)?(?:t(?:\\d{1,5}h)?(?:\\d{1,6}m)?(?:\\d{1,7}s)?)?");
    private static final Pattern ISO_WEEKS = Pattern.compile("p(\\d)w");
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("twelve", 12),
            Map.entry("fifteen", 15),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30),
            Map.entry("forty", 40),
            Map.entry("fifty", 50),
            Map.entry("sixty", 60),
            Map.entry("ninety", 90));
    /** More words than any duration has. */
    private static final int LONGEST = 10;

    /** One part of a duration. */
    private record Part(Duration length, Unit unit, int words) {}

    /** The longest duration that the words begin with. */
    static Optional<DurationPhrase> startOf(List<Word> words) {
        Optional<DurationPhrase> half = half(words);
        if (half.isPresent() || words.isEmpty()) {
            return half;
        }
        Optional<DurationPhrase> iso = iso(words.getFirst().plain());
        return iso.isPresent() ? iso : parts(words);
    }

    /** Whether it is the length of a grant. */
    Optional<GrantDuration> asGrant() {
        try {
            return Optional.of(new GrantDuration(length));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    static boolean isNumberWord(String word) {
        return NUMBERS.containsKey(word);
    }

    private static Optional<DurationPhrase> half(List<Word> words) {
        int article = words.size() > 1 && words.get(1).isOneOf("an", "a") ? 1 : 0;
        return words.size() > 1 + article
                        && words.getFirst().isOneOf("half")
                        && Unit.of(words.get(1 + article).plain())
                                .filter(Unit.HOUR::equals)
                                .isPresent()
                ? Optional.of(new DurationPhrase(Duration.ofMinutes(30), 2 + article))
                : Optional.empty();
    }

    private static Optional<DurationPhrase> iso(String word) {
        Matcher weeks = ISO_WEEKS.matcher(word);
        if (weeks.matches()) {
            return Optional.of(new DurationPhrase(Duration.ofDays(7L * Integer.parseInt(weeks.group(1))), 1));
        }
        if (!ISO.matcher(word).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DurationPhrase(Duration.parse(word.toUpperCase(Locale.ROOT)), 1));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Parts of ever shorter units, each {@code 2h} or {@code 2 hours}, with or without {@code and} between them. */
    private static Optional<DurationPhrase> parts(List<Word> words) {
        Duration length = Duration.ZERO;
        Optional<Unit> last = Optional.empty();
        int taken = 0;
        while (taken < Math.min(words.size(), LONGEST)) {
            int joined = last.isPresent() && words.get(taken).isOneOf("and", "&", "") ? 1 : 0;
            Optional<Part> part = part(words.subList(Math.min(taken + joined, words.size()), words.size()), last);
            if (part.isEmpty()) {
                break;
            }
            length = length.plus(part.get().length());
            last = Optional.of(part.get().unit());
            taken += joined + part.get().words();
        }
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of(new DurationPhrase(Duration.ofSeconds(length.toSeconds()), taken));
    }

    private static Optional<Part> part(List<Word> words, Optional<Unit> longer) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String first = words.getFirst().plain();
        Optional<Part> part = words.size() > 1 ? separate(first, words.get(1).plain()) : Optional.empty();
        return part.or(() -> PARTS.matcher(first).matches() ? compact(first) : Optional.empty())
                .filter(found -> longer.isEmpty() || firstUnit(first, words).compareTo(longer.get()) > 0);
    }

    private static Unit firstUnit(String first, List<Word> words) {
        Matcher part = PART.matcher(first);
        return part.lookingAt()
                ? Unit.of(part.group(2)).orElse(Unit.WEEK)
                : Unit.of(words.get(1).plain()).orElse(Unit.WEEK);
    }

    private static Optional<Part> separate(String number, String unit) {
        Optional<BigDecimal> count = NUMBER.matcher(number).matches()
                ? Optional.of(new BigDecimal(number.replace(',', '.')))
                : Optional.ofNullable(NUMBERS.get(number)).map(BigDecimal::valueOf);
        return count.flatMap(value -> Unit.of(unit).map(known -> new Part(length(value, known), known, 2)));
    }

    private static Optional<Part> compact(String word) {
        Matcher part = PART.matcher(word);
        Duration length = Duration.ZERO;
        Optional<Unit> last = Optional.empty();
        int at = 0;
        while (at < word.length() && part.find(at) && part.start() == at) {
            Optional<Unit> before = last;
            Optional<Unit> unit =
                    Unit.of(part.group(2)).filter(known -> before.isEmpty() || known.compareTo(before.get()) > 0);
            if (unit.isEmpty()) {
                return Optional.empty();
            }
            length = length.plus(length(new BigDecimal(part.group(1).replace(',', '.')), unit.get()));
            last = unit;
            at = part.end();
        }
        Matcher minutes = MINUTES_AFTER_HOURS.matcher(word);
        if (at < word.length()
                && last.filter(Unit.HOUR::equals).isPresent()
                && minutes.find()
                && minutes.end() == word.length()) {
            length = length.plus(Duration.ofMinutes(Long.parseLong(minutes.group(1))));
            last = Optional.of(Unit.MINUTE);
            at = word.length();
        }
        Duration found = length;
        return at == word.length() ? last.map(unit -> new Part(found, unit, 1)) : Optional.empty();
    }

    private static Duration length(BigDecimal count, Unit unit) {
        return Duration.ofSeconds(
                count.multiply(BigDecimal.valueOf(unit.length().toSeconds())).longValue());
    }
}
