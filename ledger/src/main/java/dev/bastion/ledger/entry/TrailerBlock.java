package dev.bastion.ledger.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trailer block of a commit message, found by git's own rules ({@code trailer.c}): the last paragraph, never the
 * first, when each of its lines is a trailer, a continuation or a comment, or when git wrote one of its lines and at
 * least a quarter of them are trailers.
 */
record TrailerBlock(List<String> lines) {
    private static final Pattern TRAILER = Pattern.compile("([A-Za-z0-9-]++)[ \\t]*+:(.*+)");
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
        return unfolded().stream()
                .map(TRAILER::matcher)
                .filter(Matcher::matches)
                .filter(parts -> !OneLine.of(parts.group(2)).isEmpty())
                .map(parts -> new Trailer(parts.group(1), parts.group(2)))
                .toList();
    }

    /** The trailer lines, each joined with its continuations, in linear time. */
    private List<String> unfolded() {
        List<StringBuilder> unfolded = new ArrayList<>();
        boolean mayContinue = false;
        for (String line : lines) {
            if (isContinuation(line) && mayContinue) {
                unfolded.getLast().append(' ').append(line.strip());
            } else if (!isContinuation(line)) {
                mayContinue = TRAILER.matcher(line).matches();
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
            if (written || TRAILER.matcher(line).matches()) {
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
