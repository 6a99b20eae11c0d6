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
        String line = INVISIBLE.matcher(text).replaceAll(" ").strip();
        line = SKIPS_CI.matcher(line).replaceAll("($1)");
        return SKIP_CHECKS.matcher(line).replaceAll("skip-checks");
    }
}
