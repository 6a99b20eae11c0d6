package dev.bastion.github.status;

/** Descriptions of commit statuses: one line, cut to the 140 characters that GitHub takes. */
final class StatusDescription {
    private static final int MAX_LENGTH = 140;

    private StatusDescription() {}

    static String of(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= MAX_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
    }
}
