package dev.bastion.slack.grammar;

import dev.bastion.access.grant.GrantDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The reader of what stands behind the environment of a request. It understands or asks: what could be a duration, a time or a
 * flag and was not understood is a question, so that nobody gets longer than their words say.
 */
public final class RequestGrammar {
    private static final Pattern BREAK_GLASS = Pattern.compile("(?:--|\u2013|\u2014)break[-_]?glass");
    private static final Pattern DURATION_FLAG =
            Pattern.compile("(?:--|\u2013|\u2014)(?:duration|for|length)(?:=(.*))?|-d", Pattern.DOTALL);

    private RequestGrammar() {}

    /** What was found so far. */
    private static final class Reading {
        private final List<Length> lengths = new ArrayList<>();
        private final List<String> understood = new ArrayList<>();
        private final List<String> questions = new ArrayList<>();
        private Optional<Start> start = Optional.empty();
        private boolean breakGlass;

        void found(Length length, List<Word> typed) {
            lengths.add(length);
            understood.add(Word.typed(typed));
        }
    }

    public static RequestText read(String text) {
        Reading reading = new Reading();
        List<Word> words = withoutFlags(Word.of(text), reading);
        words = withoutLength(withoutStartTime(words, reading), reading);
        Doubts.in(words)
                .forEach(doubt -> reading.questions.add(
                        isFlag(doubt)
                                ? "I do not know `" + doubt + "`."
                                : "Is `" + doubt + "` part of the reason, or how long you want access?"));
        if (reading.lengths.size() > 1) {
            reading.questions.add(
                    "You wrote " + String.join(" and ", quoted(reading.understood)) + ". How long do you want access?");
        }
        Length length = reading.lengths.size() == 1 ? reading.lengths.getFirst() : new Length.Default();
        return new RequestText(reading.start, length, Word.typed(words), reading.breakGlass, reading.questions);
    }

    /** The duration that the whole text is, with or without {@code by} or {@code for} before it. */
    public static Optional<GrantDuration> duration(String text) {
        List<Word> words = Word.of(text);
        boolean hasMark = words.size() > 1 && words.getFirst().isOneOf("by", "for", "another", "--duration", "-d");
        List<Word> said = hasMark ? words.subList(1, words.size()) : words;
        return DurationPhrase.startOf(said)
                .filter(phrase -> phrase.words() == said.size())
                .flatMap(DurationPhrase::asGrant);
    }

    private static List<String> quoted(List<String> parts) {
        return parts.stream().map(part -> "`" + part + "`").toList();
    }

    private static boolean isFlag(String doubt) {
        return doubt.startsWith("-") || doubt.startsWith("\u2013") || doubt.startsWith("\u2014");
    }

    private static List<Word> withoutFlags(List<Word> words, Reading reading) {
        List<Word> rest = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            Word word = words.get(at);
            var durationFlag = DURATION_FLAG.matcher(word.plain());
            if (BREAK_GLASS.matcher(word.plain()).matches()) {
                reading.breakGlass = true;
                addGap(rest);
                at++;
            } else if (durationFlag.matches()) {
                boolean hasValue = durationFlag.group(1) != null;
                List<Word> value = hasValue ? Word.of(durationFlag.group(1)) : words.subList(at + 1, words.size());
                int taken = flagValue(value, hasValue, word, reading);
                addGap(rest);
                at += hasValue ? 1 : 1 + taken;
            } else {
                rest.add(word);
                at++;
            }
        }
        return !rest.isEmpty() && rest.getLast().equals(Word.GAP) ? rest.subList(0, rest.size() - 1) : rest;
    }

    private static void addGap(List<Word> words) {
        if (!words.isEmpty() && !words.getLast().equals(Word.GAP)) {
            words.add(Word.GAP);
        }
    }

    /** @return how many words the value takes */
    private static int flagValue(List<Word> value, boolean isWhole, Word flag, Reading reading) {
        Optional<DurationPhrase> phrase =
                DurationPhrase.startOf(value).filter(found -> !isWhole || found.words() == value.size());
        Optional<GrantDuration> duration = phrase.flatMap(DurationPhrase::asGrant);
        if (duration.isEmpty()) {
            reading.questions.add(
                    "What duration do you mean with `" + flag.typed() + "`? Write it like `--duration 30m`.");
            return 0;
        }
        int taken = phrase.get().words();
        reading.found(new Length.For(duration.get()), isWhole ? List.of(flag) : value.subList(0, taken));
        return taken;
    }

    /** Behind a start at the beginning stands the reason: its length was read with it. */
    private static List<Word> withoutLength(List<Word> words, Reading reading) {
        return withoutEnd(reading.start.isPresent() ? words : withoutStart(words, reading), reading);
    }

    /** Without the start that the words begin or end with. */
    private static List<Word> withoutStartTime(List<Word> words, Reading reading) {
        Optional<StartPhrase> first = words.isEmpty() ? Optional.empty() : StartPhrase.startOf(words);
        if (first.isPresent()) {
            int taken = first.get().words();
            reading.start = Optional.of(first.get().start());
            first.get().length().ifPresent(length -> reading.found(length, words.subList(0, taken)));
            askAbout(words, taken, reading);
            return words.subList(taken, words.size());
        }
        for (int at = Math.max(1, words.size() - 14); at < words.size(); at++) {
            List<Word> end = words.subList(at, words.size());
            Optional<StartPhrase> last = StartPhrase.startOf(end)
                    .filter(phrase -> phrase.words() == end.size() && phrase.isOfLaterDay())
                    .filter(phrase -> phrase.length().isPresent());
            if (last.isPresent()) {
                if (isOfTheReason(words.get(at - 1))) {
                    return words;
                }
                reading.start = Optional.of(last.get().start());
                last.get().length().ifPresent(length -> reading.found(length, end));
                return words.subList(0, at);
            }
        }
        return words;
    }

    private static List<Word> withoutStart(List<Word> words, Reading reading) {
        int mark = words.size() > 1 && words.getFirst().isOneOf("for") ? 1 : 0;
        List<Word> marked = words.subList(mark, words.size());
        Optional<TimePhrase> until = TimePhrase.startOf(words);
        if (until.isPresent()) {
            return after(
                    words, until.get().words(), new Length.Until(until.get().time()), reading);
        }
        Optional<DurationPhrase> phrase = DurationPhrase.startOf(marked);
        if (phrase.isEmpty()) {
            return words;
        }
        int taken = mark + phrase.get().words();
        Optional<GrantDuration> duration = phrase.get().asGrant();
        if (duration.isEmpty()) {
            reading.questions.add("`" + Word.typed(words.subList(0, taken)) + "` is no time between 1s and 7d.");
            return words.subList(taken, words.size());
        }
        return after(words, taken, new Length.For(duration.get()), reading);
    }

    private static List<Word> after(List<Word> words, int taken, Length length, Reading reading) {
        askAbout(words, taken, reading);
        reading.found(length, words.subList(0, taken));
        return words.subList(taken, words.size());
    }

    /** Asks whether the word behind what was understood belongs to it. */
    private static void askAbout(List<Word> words, int taken, Reading reading) {
        List<Word> rest = words.subList(taken, words.size());
        boolean isFact = !rest.isEmpty() && FactWords.isAfterFact(rest.getFirst());
        if (isFact || Doubts.continuesDuration(rest)) {
            reading.questions.add("Is `" + rest.getFirst().typed() + "` after `" + Word.typed(words.subList(0, taken))
                    + "` part of the reason, or of how long you want access?");
        }
    }

    /** Without the duration or time that the words end with, unless it can be a part of the reason. */
    private static List<Word> withoutEnd(List<Word> words, Reading reading) {
        for (int at = Math.max(1, words.size() - 8); at < words.size(); at++) {
            Optional<Length> length = whole(words.subList(at, words.size()));
            if (length.isPresent()) {
                if (isOfTheReason(words.get(at - 1))) {
                    return words;
                }
                reading.found(length.get(), words.subList(at, words.size()));
                return words.subList(0, at);
            }
        }
        return words;
    }

    /** Whether what follows the word is a part of the reason, or of a longer amount. */
    private static boolean isOfTheReason(Word before) {
        return FactWords.isBeforeFact(before) || Doubts.isAmount(before);
    }

    private static Optional<Length> whole(List<Word> words) {
        Optional<TimePhrase> until = TimePhrase.startOf(words).filter(phrase -> phrase.words() == words.size());
        if (until.isPresent()) {
            return until.map(phrase -> new Length.Until(phrase.time()));
        }
        int mark = words.size() > 1 && words.getFirst().isOneOf("for") ? 1 : 0;
        List<Word> marked = words.subList(mark, words.size());
        return DurationPhrase.startOf(marked)
                .filter(phrase -> phrase.words() == marked.size())
                .flatMap(DurationPhrase::asGrant)
                .map(Length.For::new);
    }
}
