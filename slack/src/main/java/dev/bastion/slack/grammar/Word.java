package dev.bastion.slack.grammar;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One word of a text.
 *
 * @param typed as it was typed
 * @param plain in lower case, with plain digits, and without punctuation around it
 */
record Word(String typed, String plain) {
    /** Stands where a flag was: the words around it do not belong together. */
    static final Word GAP = new Word("", "|");

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    private static final Pattern NOT_SHOWN = Pattern.compile("\\p{Cf}+");
    private static final String BEFORE = "([{\"'`*\u201c\u2018\u00ab";
    private static final String AFTER = ")]},;:.!?\"'`*>\u201d\u2019\u00bb";

    static List<Word> of(String text) {
        return SPACE.splitAsStream(text)
                .filter(typed -> !typed.isEmpty())
                .map(typed -> new Word(typed, plain(typed)))
                .toList();
    }

    private static String plain(String typed) {
        String folded = NOT_SHOWN
                .matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC))
                .replaceAll("")
                .replace('\u2044', '/')
                .toLowerCase(Locale.ROOT);
        int from = 0;
        int to = folded.length();
        while (from < to && BEFORE.indexOf(folded.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && AFTER.indexOf(folded.charAt(to - 1)) >= 0) {
            to--;
        }
        return folded.substring(from, to);
    }

    static String typed(List<Word> words) {
        return words.stream().filter(word -> !word.equals(GAP)).map(Word::typed).collect(Collectors.joining(" "));
    }

    boolean isOneOf(String... others) {
        return Stream.of(others).anyMatch(plain::equals);
    }
}
