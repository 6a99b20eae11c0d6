package dev.bastion.access.grant;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person, or a machine: {@code id} is the Slack user id, or {@code machine.} and the machine's name (1 to 64 of
 * {@code A-Za-z0-9._-}; any reader of a ledger takes it for an id), {@code name} is for display only: 1 to 64
 * letters, marks and digits of any script, and {@code ._-}. Both end up in files that CI evaluates, in commit messages and in
 * markup, so both are held to an allow-list that has none of their special characters, and nothing invisible.
 */
public record Person(String id, String name) {
    private static final int LONGEST = 64;
    private static final String MACHINE = "machine.";
    /** Letters that are shown as nothing. */
    private static final String BLANK_LETTERS = "\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}";

    private static final String SHOWN = "[-\\p{L}\\p{N}._&&[^" + BLANK_LETTERS + "]]";
    private static final String IN_NAMES = "[-\\p{L}\\p{M}\\p{N}._&&[^" + BLANK_LETTERS + "]]";
    private static final Pattern NAME = Pattern.compile(SHOWN + IN_NAMES + "{0,63}");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._-]+|[" + BLANK_LETTERS + "]+");
    private static final Pattern OTHERS_IN_IDS = Pattern.compile("[^A-Za-z0-9._-]+");
    /** More marks on one letter than any script has. */
    private static final Pattern TOO_MANY_MARKS = Pattern.compile("(\\p{M}{4})\\p{M}++");

    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");

    /** The most characters of a name that are looked at. */
    private static final int MAX_READ = 1000;

    public Person {
        if (!isPlain(id)) {
            throw new InvalidValue("user id", id, "an id like U12345678");
        }
        if (!isPlain(name) && !NAME.matcher(name).matches()) {
            throw new InvalidValue("user name", name, "a name like john.doe, of letters, digits and . _ -");
        }
    }

    /** Whether a text has only what an id may have, which every name may have, too. */
    private static boolean isPlain(String text) {
        boolean isPlain = !text.isEmpty() && text.length() <= LONGEST;
        for (int at = 0; isPlain && at < text.length(); at++) {
            char each = text.charAt(at);
            isPlain = (each >= 'a' && each <= 'z')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= '0' && each <= '9')
                    || each == '.'
                    || each == '_'
                    || each == '-';
        }
        return isPlain;
    }

    /** A person with any display name: other characters become {@code -}; a name without letter and digit becomes the id. */
    public static Person of(String id, String calledThemselves) {
        String composed = Normalizer.normalize(start(calledThemselves), Normalizer.Form.NFC);
        String marked = TOO_MANY_MARKS.matcher(composed).replaceAll("$1");
        String name = cut(trimmed(OTHERS.matcher(marked).replaceAll("-")));
        return new Person(id, LETTER_OR_DIGIT.matcher(name).find() ? name : id);
    }

    /** The id of a machine, like a pipeline, that {@code people.yaml} calls {@code machine:<name>}. */
    public static String machineId(String name) {
        return MACHINE + name;
    }

    /** Whether it is a machine, which can hold access and never approve any. */
    public boolean isMachine() {
        return id.startsWith(MACHINE);
    }

    /** The id that stands for an account elsewhere, like an email address. */
    public static String idFor(String account) {
        String id = cut(trimmed(OTHERS_IN_IDS.matcher(start(account)).replaceAll("-")));
        return id.isEmpty() ? "unknown" : id;
    }

    private static String start(String text) {
        return text.length() <= MAX_READ ? text : text.substring(0, MAX_READ);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST));
    }

    /**
     * Without hyphens around it, and without marks at its beginning: they belong to a letter before them. In linear time, which
     * a regular expression does not take: it is foreign text.
     */
    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && (text.charAt(from) == '-' || isMark(text.codePointAt(from)))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (to > from && text.charAt(to - 1) == '-') {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** The id as Slack's; empty for a person whom only a commit names. */
    public Optional<SlackId> slackId() {
        return SlackId.of(id);
    }

    public boolean is(Person other) {
        return id.equals(other.id);
    }
}
