package dev.bastion.hcl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file cut into tokens, its name, and how to say where something stands in it. */
final class Source {
    private static final int QUOTED_AT_MOST = 60;

    private final String name;
    private final byte[] bytes;
    private final Tokens tokens;
    private final Lines lines;

    /** @param bytes not to be changed by anybody from here on */
    Source(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.tokens = Lexer.lex(bytes);
        this.lines = Lines.of(bytes);
    }

    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    Tokens tokens() {
        return tokens;
    }

    Lines lines() {
        return lines;
    }

    Range everything() {
        return new Range(0, tokens.count());
    }

    /** The line a token begins on, from 1. */
    int line(int token) {
        return lines.lineOf(tokens.start(token));
    }

    /** Without the spacing and the newlines around it. */
    Range trimmed(Range range) {
        int from = tokens.skipBlank(range.from(), range.to());
        int to = range.to();
        while (to > from && (tokens.kind(to - 1).isSpacing() || tokens.kind(to - 1) == Kind.NEWLINE)) {
            to--;
        }
        return new Range(from, to);
    }

    Span span(Range range) {
        return new Span(tokens.start(range.from()), tokens.start(range.to()));
    }

    String text(Range range) {
        Span span = span(range);
        return new String(bytes, span.start(), span.length(), StandardCharsets.UTF_8);
    }

    String text(int token) {
        return text(new Range(token, token + 1));
    }

    /** The text, unless it is not UTF-8. */
    Optional<String> validText(Range range) {
        Span span = span(range);
        try {
            ByteBuffer part = ByteBuffer.wrap(bytes, span.start(), span.length());
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(part).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The beginning of the text, on one line, to be shown to people. */
    String excerpt(Range range) {
        String line = text(range).strip().replaceAll("\\s+", " ");
        return line.length() <= QUOTED_AT_MOST ? line : line.substring(0, QUOTED_AT_MOST) + "…";
    }

    /** {@code <file>:<line>: <what is wrong>. <What to do>.} */
    String problem(int line, String what, String remedy) {
        return "%s:%d: %s. %s.".formatted(name, line, what, remedy);
    }

    HclEditException fault(int token, String what, String remedy) {
        return new HclEditException(problem(line(token), what, remedy));
    }

    /** What keeps the file from being read at all. */
    Optional<String> flaw() {
        return tokens.flaw()
                .map(flaw -> problem(
                        lines.lineOf(flaw.offset()), flaw.what(), "Correct the file; `terraform fmt` shows where"));
    }
}
