package dev.bastion.hcl;

import dev.bastion.hcl.model.Span;
import dev.bastion.hcl.syntax.SourceText;
import dev.bastion.hcl.syntax.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Keeps the trailing comments of consecutive lines aligned when values among them change length, if they were aligned as
 * {@code terraform fmt} aligns them. Comments that were not are left where they are.
 *
 * <p>Putting the old value back must put every byte back, so the gaps before the comments change by a bijection. Left to
 * itself an edit could make a run look aligned by accident, and the way back would then align what never was. Such a run
 * takes the {@link #LOOSE} form instead, which no aligned run has (there the widest line has a gap of one), and on the
 * way back gets its own gaps again.
 */
final class TrailingComments {
    private static final int LOOSE = 3;

    private final SourceText source;
    private final SortedMap<Integer, Integer> growth;

    private TrailingComments(SourceText source, SortedMap<Integer, Integer> growth) {
        this.source = source;
        this.growth = growth;
    }

    /**
     * The gaps that change.
     *
     * @param growth columns by which lines grow, by line
     */
    static Map<Span, byte[]> moved(SourceText source, SortedMap<Integer, Integer> growth) {
        TrailingComments comments = new TrailingComments(source, growth);
        Map<Span, byte[]> splices = new HashMap<>();
        int done = 0;
        for (int line : growth.keySet()) {
            List<TrailingComment> run = line > done ? comments.runAround(line) : List.of();
            if (!run.isEmpty()) {
                done = run.getLast().line();
                comments.move(run, splices);
            }
        }
        return splices;
    }

    private void move(List<TrailingComment> run, Map<Span, byte[]> splices) {
        if (!run.stream().allMatch(this::isSpaces)) {
            return;
        }
        List<Integer> gaps = run.stream().map(comment -> comment.gap().length()).toList();
        List<Integer> before = aligned(run.stream().map(TrailingComment::width).toList());
        List<Integer> after = aligned(run.stream().map(this::grownWidth).toList());
        List<Integer> moved = swapped(swapped(gaps, before), after);
        for (int index = 0; index < run.size(); index++) {
            if (!moved.get(index).equals(gaps.get(index))) {
                splices.put(run.get(index).gap(), " ".repeat(moved.get(index)).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Exchanges the aligned gaps and the loose ones, and leaves all others: done twice, it is undone. */
    private static List<Integer> swapped(List<Integer> gaps, List<Integer> aligned) {
        List<Integer> loose = Collections.nCopies(gaps.size(), LOOSE);
        return gaps.equals(aligned) ? loose : gaps.equals(loose) ? aligned : gaps;
    }

    private static List<Integer> aligned(List<Integer> widths) {
        int widest = Collections.max(widths);
        return widths.stream().map(width -> widest - width + 1).toList();
    }

    private int grownWidth(TrailingComment comment) {
        return comment.width() + growth.getOrDefault(comment.line(), 0);
    }

    private boolean isSpaces(TrailingComment comment) {
        for (int at = comment.gap().start(); at < comment.gap().end(); at++) {
            if (source.bytes()[at] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** The consecutive lines with trailing comments around a line; none when it has none itself. */
    private List<TrailingComment> runAround(int line) {
        Deque<TrailingComment> run = new ArrayDeque<>();
        Optional<TrailingComment> comment = commentOn(line);
        for (int up = line; comment.isPresent(); comment = commentOn(--up)) {
            run.addFirst(comment.get());
        }
        comment = run.isEmpty() ? Optional.empty() : commentOn(line + 1);
        for (int down = line + 1; comment.isPresent(); comment = commentOn(++down)) {
            run.addLast(comment.get());
        }
        return new ArrayList<>(run);
    }

    private Optional<TrailingComment> commentOn(int line) {
        if (line < 1 || line > source.lines().count()) {
            return Optional.empty();
        }
        int start = source.lines().start(line);
        int token = source.tokens().at(source.lines().end(line) - 1);
        token = token > 0 && token < source.tokens().count() && source.tokens().kind(token) == TokenKind.NEWLINE
                ? token - 1
                : token;
        return token < source.tokens().count() && source.tokens().kind(token) == TokenKind.LINE_COMMENT
                ? after(line, start, token)
                : Optional.empty();
    }

    private Optional<TrailingComment> after(int line, int start, int comment) {
        int gapEnd = source.tokens().start(comment);
        int gapStart = gapEnd;
        while (gapStart > start && (source.bytes()[gapStart - 1] == ' ' || source.bytes()[gapStart - 1] == '\t')) {
            gapStart--;
        }
        boolean whole = source.tokens().start(source.tokens().at(start)) == start;
        return gapStart > start && whole
                ? Optional.of(new TrailingComment(
                        line, DisplayColumns.of(source.bytes(), new Span(start, gapStart)), new Span(gapStart, gapEnd)))
                : Optional.empty();
    }
}
