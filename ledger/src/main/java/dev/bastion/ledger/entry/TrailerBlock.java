package dev.bastion.ledger.entry;

import java.util.ArrayList;
import java.util.List;

/**
 * The trailer block of a commit message, found by git's own rules ({@code trailer.c}): the last paragraph, never the
 * first, when each of its lines is a trailer, a continuation or a comment, or when git wrote one of its lines and at
 * least a quarter of them are trailers.
 */
record TrailerBlock(List<String> lines) {
    /** The beginnings of lines that git itself writes. */
    private static final String SIGNED_OFF = "Signed-off-by: ";

    private static final String CHERRY_PICKED = "(cherry picked from commit ";

    static TrailerBlock of(String message) {
        List<String> lines = linesOf(message);
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

    /** The lines as {@link String#lines} has them, without a stream for each message of a history. */
    private static List<String> linesOf(String message) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < message.length()) {
            int end = start;
            while (end < message.length() && message.charAt(end) != '\n' && message.charAt(end) != '\r') {
                end++;
            }
            lines.add(message.substring(start, end));
            start = message.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        return lines;
    }

    List<Trailer> trailers() {
        List<Trailer> trailers = new ArrayList<>();
        for (String line : unfolded()) {
            int colon = colonOf(line);
            String value = colon < 0 ? "" : OneLine.of(line.substring(colon + 1));
            if (!value.isEmpty()) {
                trailers.add(new Trailer(line.substring(0, Trailer.keyLength(line)), value));
            }
        }
        return trailers;
    }

    /** The index of the colon of a trailer line, {@code Key: value}; negative when it is none. */
    private static int colonOf(String line) {
        int at = Trailer.keyLength(line);
        if (at == 0) {
            return -1;
        }
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        boolean isTrailer = at < line.length() && line.charAt(at) == ':';
        return isTrailer && !hasOtherLineEnd(line) ? at : -1;
    }

    /** Java takes these for line ends, and git does not; no trailer of ours has one. */
    private static boolean hasOtherLineEnd(String line) {
        return line.indexOf('\u0085') >= 0 || line.indexOf('\u2028') >= 0 || line.indexOf('\u2029') >= 0;
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
        for (String line : lines.subList(0, start)) {
            if (!line.isBlank() && !isComment(line)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlock(List<String> paragraph) {
        int trailers = 0;
        int otherLines = 0;
        boolean byGit = false;
        boolean mayContinue = false;
        for (String line : paragraph) {
            boolean written = line.startsWith(SIGNED_OFF) || line.startsWith(CHERRY_PICKED);
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
