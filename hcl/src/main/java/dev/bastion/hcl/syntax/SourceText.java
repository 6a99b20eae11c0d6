package dev.bastion.hcl.syntax;

import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.Span;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file with its name, tokens and lines, which renders problems with their place. */
public final class SourceText {
    private static final int MAX_EXCERPT_LENGTH = 60;

    private final String name;
    private final byte[] bytes;
    private final TokenList tokens;
    private final LineIndex lines;

    /** @param bytes the content; the caller must not change it later */
    public SourceText(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        this.tokens = Lexer.lex(bytes);
        this.lines = LineIndex.of(bytes);
    }

    public String name() {
        return name;
    }

    public byte[] bytes() {
        return bytes;
    }

    public TokenList tokens() {
        return tokens;
    }

    public LineIndex lines() {
        return lines;
    }

    public TokenRange wholeFile() {
        return new TokenRange(0, tokens.count());
    }

    /** The line a token begins on, from 1. */
    public int line(int token) {
        return lines.lineOf(tokens.start(token));
    }

    /** The range without surrounding spaces, comments and newlines. */
    TokenRange trimmed(TokenRange range) {
        int from = tokens.skipBlank(range.from(), range.to());
        int to = range.to();
        while (to > from && (tokens.kind(to - 1).isSpacing() || tokens.kind(to - 1) == TokenKind.NEWLINE)) {
            to--;
        }
        return new TokenRange(from, to);
    }

    public Span span(TokenRange range) {
        return new Span(tokens.start(range.from()), tokens.start(range.to()));
    }

    String text(TokenRange range) {
        Span span = span(range);
        return new String(bytes, span.start(), span.length(), StandardCharsets.UTF_8);
    }

    String text(int token) {
        return text(new TokenRange(token, token + 1));
    }

    /** The text, unless it is not UTF-8. */
    Optional<String> validText(TokenRange range) {
        Span span = span(range);
        try {
            ByteBuffer part = ByteBuffer.wrap(bytes, span.start(), span.length());
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(part).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The start of the text on one line, for people. */
    public String excerpt(TokenRange range) {
        String line = text(range).strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_EXCERPT_LENGTH ? line : line.substring(0, MAX_EXCERPT_LENGTH) + "…";
    }

    /** {@code <file>:<line>: <what is wrong>. <What to do>.} */
    public String problem(int line, String what, String remedy) {
        return "%s:%d: %s. %s.".formatted(name, line, what, remedy);
    }

    public HclException fault(int token, String what, String remedy) {
        return new HclException(problem(line(token), what, remedy));
    }

    /** The problem that makes the whole file unreadable. */
    public Optional<String> syntaxError() {
        return tokens.syntaxError()
                .map(syntaxError -> problem(
                        lines.lineOf(syntaxError.offset()),
                        syntaxError.what(),
                        "Correct the file; `terraform fmt` shows the place"));
    }
}
