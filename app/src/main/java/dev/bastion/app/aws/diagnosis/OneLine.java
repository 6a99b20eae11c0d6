package dev.bastion.app.aws.diagnosis;

import java.util.regex.Pattern;

/** Values of tags and answers as one bounded, visible line: anyone who may tag an instance can write them. */
final class OneLine {
    private static final int LONGEST = 100;
    private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Z}\\p{C}]+");

    private OneLine() {}

    static String of(String value) {
        // cut before as well, since the longest text is unbounded
        String start = value.length() <= 4 * LONGEST ? value : value.substring(0, 4 * LONGEST);
        String line = INVISIBLE.matcher(start).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
