package dev.bastion.access.grant;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The reason of a request: one line of at most 300 characters, empty when none was given. User text is hostile: every control,
 * separator and invisible formatting character (newlines, U+2028, bidirectional overrides, zero-width) becomes a space,
 * and the markers that make GitHub skip CI are broken up, because a commit that skips CI would change no access.
 * So are the words by which a commit closes issues.
 *
 * @see <a href="https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue">
 *     Linking a pull request to an issue</a>
 */
public record Reason(String text) {
    public static final int LONGEST = 300;

    /** The most characters that are looked at: what is longer is no reason, whatever it would become. */
    private static final int MAX_READ = 10 * LONGEST;

    private static final int CUTS = 5;

    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Zs}\\p{Co}\\p{Cn}\\p{Cs}]+");
    private static final Pattern SKIPS_CI =
            Pattern.compile("\\[\\s*(skip ci|ci skip|no ci|skip actions|actions skip)\\s*]", Pattern.CASE_INSENSITIVE);
    private static final Pattern SKIP_CHECKS = Pattern.compile("skip-checks(?:\\s*:)+", Pattern.CASE_INSENSITIVE);

    /** After a digit, too: the number of the issue before gets a bracket, which would make it a word of its own. */
    private static final Pattern CLOSES_ISSUES = Pattern.compile(
            "(?<![A-Za-z_])(close[sd]?|fix(?:e[sd])?|resolve[sd]?)(\\s*:\\s*|\\s+)((?:[\\w.-]+/[\\w.-]+)?#\\d+|https?://\\S+/issues/\\d+|GH-\\d+)",
            Pattern.CASE_INSENSITIVE);

    /** No reason was given. */
    public static final Reason NONE = new Reason("");

    public Reason {
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new InvalidValue("reason", text, "at most " + LONGEST + " characters");
        }
        if (!text.equals(harmless(text))) {
            throw new InvalidValue("reason", text, "one line of visible text");
        }
    }

    /**
     * The reason in text that a person typed.
     *
     * @throws InvalidValue when more than {@value #LONGEST} characters are left of it
     */
    public static Reason of(String typed) {
        return new Reason(typed.length() <= MAX_READ ? harmless(typed) : typed);
    }

    /**
     * The reason in a text that anyone may have written, cut to {@value #LONGEST} characters. Never throws: a commit message
     * must not keep the ledger from being read. Making a text harmless can lengthen it, so it is cut again afterwards.
     */
    public static Reason cut(String text) {
        String line = start(text);
        for (int attempt = 0; attempt < CUTS; attempt++) {
            String harmless = harmless(line);
            if (harmless.equals(line)) {
                return new Reason(line);
            }
            line = start(harmless);
        }
        return NONE;
    }

    private static String start(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST));
    }

    public boolean isGiven() {
        return !text.isEmpty();
    }

    /** Whether nothing in the text has to be replaced: most reasons of a ledger are such. */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            boolean isSpaces = each == ' ' && before == ' ';
            if (each < ' ' || each > '~' || isSpaces || mayBeMarker(before, each)) {
                return false;
            }
            before = each;
        }
        return true;
    }

    /** Whether {@link #harmless} may replace what has these two: [skip ci], #12, skip-checks, GH-12, /issues/12. */
    private static boolean mayBeMarker(char before, char each) {
        return switch (each) {
            case '[', '#' -> true;
            case '-' -> "pPhH".indexOf(before) >= 0;
            case 'i', 'I' -> before == '/';
            default -> false;
        };
    }

    private static String harmless(String text) {
        if (isPlain(text)) {
            return text.strip();
        }
        String line = UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
        line = SKIPS_CI.matcher(line).replaceAll("($1)");
        line = CLOSES_ISSUES.matcher(line).replaceAll("$1$2($3)");
        return SKIP_CHECKS.matcher(line).replaceAll("skip-checks");
    }
}
