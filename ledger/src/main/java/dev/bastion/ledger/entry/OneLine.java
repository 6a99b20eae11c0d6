package dev.bastion.ledger.entry;

import java.util.regex.Pattern;

/**
 * Text made safe to stand in one line of a commit message: every control, separator and invisible formatting character
 * becomes a space, and the markers that make a forge skip CI are broken up. What reaches the ledger is harmless already;
 * this is the second lock on the same door.
 */
final class OneLine {
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Zs}\\p{Co}\\p{Cn}\\p{Cs}]+");
    private static final Pattern SKIPS_CI =
            Pattern.compile("\\[\\s*(skip ci|ci skip|no ci|skip actions|actions skip)\\s*]", Pattern.CASE_INSENSITIVE);
    private static final Pattern SKIP_CHECKS = Pattern.compile("skip-checks[\\s:]*:", Pattern.CASE_INSENSITIVE);

    private OneLine() {}

    static String of(String text) {
        String line = UNSEEN.matcher(text).replaceAll(" ").strip();
        line = SKIPS_CI.matcher(line).replaceAll("($1)");
        return SKIP_CHECKS.matcher(line).replaceAll("skip-checks");
    }
}
