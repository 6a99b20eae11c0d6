package dev.bastion.ledger.entry;

import java.util.ArrayList;
import java.util.List;

/**
 * The trailer block of a commit message, found by git's own rules ({@code trailer.c}): the last paragraph, never the
 * first, when each of its lines is a trailer, a continuation or a comment, or when git wrote one of its lines and at
 * least a quarter of them are trailers.
 */
record TrailerBlock(List<String> lines) {
    /** Java takes these for line ends, and git does not; no trailer of ours has one. */
    private static final String OTHER_LINE_ENDS = "\u0085\u2028\u2029";

    private static final List<String> WRITTEN_BY_GIT = List.of("Signed-off-by: ", "(cherry picked from commit ");

    static TrailerBlock of(String message) {
        List<String> lines = message.lines().toList();
        int end = lines.size();
        while (end > 0 && (lines.get(end - 1).isBlank() || isComment(lines.get(end - 1)))) {
            end--;
        }
        int start = end;
        while (start > 0 && !lines.get(start - 1).isBlank()) {
            start--;
        }
        List<String> last = lines.subList(start, end);
        return new TrailerBlock(isTitle(lines, start) || !isBlock(last) ? List.of() : last);
    }

    List<Trailer> trailers() {
        List<Trailer> trailers = new ArrayList<>();
        for (String line : unfolded()) {
            int colon = colonOf(line);
            String value = colon < 0 ? "" : OneLine.of(line.substring(colon + 1));
            if (!value.isEmpty()) {
                trailers.add(new Trailer(line.substring(0, keyLength(line)), value));
            }
        }
        return trailers;
    }

    /** The index of the colon of a trailer line, {@code Key: value}; negative when it is none. */
    private static int colonOf(String line) {
        int at = keyLength(line);
        if (at == 0) {
            return -1;
        }
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        boolean isTrailer = at < line.length() && line.charAt(at) == ':';
        return isTrailer && OTHER_LINE_ENDS.chars().allMatch(end -> line.indexOf(end) < 0) ? at : -1;
    }

    private static int keyLength(String line) {
        int at = 0;
        while (at < line.length() && Trailer.isOfKey(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The trailer lines, each joined with its continuations, in linear time. */
    private List<String> unfolded() {
        List<StringBuilder> unfolded = new ArrayList<>();
        boolean mayContinue = false;
        for (String line : lines) {
            if (isContinuation(line) && mayContinue) {
                unfolded.getLast().append(' ').append(line.strip());
            } else if (!isContinuation(line)) {
                mayContinue = colonOf(line) >= 0;
                unfolded.add(new StringBuilder(line));
            }
        }
        return unfolded.stream().map(StringBuilder::toString).toList();
    }

    private static boolean isTitle(List<String> lines, int start) {
        return lines.subList(0, start).stream().allMatch(line -> line.isBlank() || isComment(line));
    }

    private static boolean isBlock(List<String> paragraph) {
        int trailers = 0;
        int otherLines = 0;
        boolean byGit = false;
        boolean mayContinue = false;
        for (String line : paragraph) {
            boolean written = WRITTEN_BY_GIT.stream().anyMatch(line::startsWith);
            byGit |= written;
            if (written || colonOf(line) >= 0) {
                trailers++;
                mayContinue = true;
            } else if (isComment(line)) {
                mayContinue = false;
            } else if (!isContinuation(line) || !mayContinue) {
                otherLines++;
                mayContinue = false;
            }
        }
        return trailers > 0 && (otherLines == 0 || (byGit && trailers * 3 >= otherLines));
    }

    private static boolean isContinuation(String line) {
        return !line.isEmpty() && Character.isWhitespace(line.charAt(0));
    }

    private static boolean isComment(String line) {
        return line.startsWith("#");
    }
}
