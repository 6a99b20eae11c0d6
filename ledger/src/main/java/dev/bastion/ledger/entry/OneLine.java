package dev.bastion.ledger.entry;

import java.util.regex.Pattern;

/**
 * Text made safe for one line of a commit message. Control, separator and invisible formatting characters become
 * spaces, and markers that make CI skip a commit are broken up. Callers clean their text already; this is a second
 * check.
 */
final class OneLine {
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Zs}\\p{Co}\\p{Cn}\\p{Cs}]+");
    private static final Pattern SKIPS_CI =
            Pattern.compile("\\[\\s*(skip ci|ci skip|no ci|skip actions|actions skip)\\s*]", Pattern.CASE_INSENSITIVE);
    private static final Pattern SKIP_CHECKS = Pattern.compile("skip-checks[\\s:]*:", Pattern.CASE_INSENSITIVE);

    private OneLine() {}

    static String of(String text) {
        return isPlain(text) ? text.strip() : cleaned(text);
    }

    /** Whether nothing can be in the text that has to be replaced: most values of a ledger are such, and it has many. */
    private static boolean isPlain(String text) {
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each < ' '
                    || each > '~'
                    || each == '['
                    || (each == '-' && text.regionMatches(true, at - 4, "skip", 0, 4))) {
                return false;
            }
        }
        return true;
    }

    private static String cleaned(String text) {
        String line = INVISIBLE.matcher(text).replaceAll(" ").strip();
        line = SKIPS_CI.matcher(line).replaceAll("($1)");
        return SKIP_CHECKS.matcher(line).replaceAll("skip-checks");
    }
}
