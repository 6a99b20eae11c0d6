package dev.bastion.github.client;

/** The description of a commit status: one line, of as many characters as GitHub takes. */
public final class StatusDescription {
    private static final int LONGEST = 140;

    private StatusDescription() {}

    public static String of(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
