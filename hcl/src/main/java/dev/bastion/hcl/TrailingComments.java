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
 * The alignment of trailing comments on consecutive lines. When values change length, comments that {@code terraform
 * fmt} had aligned stay aligned; others keep their place.
 *
 * <p>Restoring the old value must restore every byte, so the gaps change by a bijection. An edit could make a run look
 * aligned by accident, and the way back would then align it. Such a run takes the {@link #LOOSE_GAP} form instead,
 * which no aligned run has (its widest line has a gap of one), and the way back restores its own gaps.
 */
final class TrailingComments {
    private static final int LOOSE_GAP = 3;

    private final SourceText source;
    private final SortedMap<Integer, Integer> growth;

    private TrailingComments(SourceText source, SortedMap<Integer, Integer> growth) {
        this.source = source;
        this.growth = growth;
    }

    /**
     * The gaps that change.
     *
     * @param growth the columns that each line gains, by line
     */
    static Map<Span, byte[]> adjusted(SourceText source, SortedMap<Integer, Integer> growth) {
        TrailingComments comments = new TrailingComments(source, growth);
        Map<Span, byte[]> edits = new HashMap<>();
        int done = 0;
        for (int line : growth.keySet()) {
            List<TrailingComment> run = line > done ? comments.runAround(line) : List.of();
            if (!run.isEmpty()) {
                done = run.getLast().line();
                comments.move(run, edits);
            }
        }
        return edits;
    }

    private void move(List<TrailingComment> run, Map<Span, byte[]> edits) {
        if (!run.stream().allMatch(this::hasOnlySpaces)) {
            return;
        }
        List<Integer> gaps = run.stream().map(comment -> comment.gap().length()).toList();
        List<Integer> before = aligned(run.stream().map(TrailingComment::width).toList());
        List<Integer> after = aligned(run.stream().map(this::grownWidth).toList());
        List<Integer> adjusted = swapped(swapped(gaps, before), after);
        for (int index = 0; index < run.size(); index++) {
            if (!adjusted.get(index).equals(gaps.get(index))) {
                edits.put(run.get(index).gap(), " ".repeat(adjusted.get(index)).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Exchanges aligned and loose gaps and keeps all others; applied twice, it has no effect. */
    private static List<Integer> swapped(List<Integer> gaps, List<Integer> aligned) {
        List<Integer> loose = Collections.nCopies(gaps.size(), LOOSE_GAP);
        return gaps.equals(aligned) ? loose : gaps.equals(loose) ? aligned : gaps;
    }

    private static List<Integer> aligned(List<Integer> widths) {
        int widest = Collections.max(widths);
        return widths.stream().map(width -> widest - width + 1).toList();
    }

    private int grownWidth(TrailingComment comment) {
        return comment.width() + growth.getOrDefault(comment.line(), 0);
    }

    private boolean hasOnlySpaces(TrailingComment comment) {
        for (int at = comment.gap().start(); at < comment.gap().end(); at++) {
            if (source.bytes()[at] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** The consecutive lines with trailing comments around a line; none when the line has none. */
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
