package dev.bastion.hcl.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lexer, which splits a file into tokens as hclsyntax's scanner does: code, quoted strings and heredocs, nested to
 * any depth. It has its own stack, so deep nesting costs memory and not the call stack, and reads each byte once.
 */
public final class Lexer {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] bytes;
    private final TokenList tokens;
    private int at;

    private Lexer(byte[] bytes) {
        this.bytes = bytes;
        this.tokens = new TokenList(bytes.length);
    }

    public static TokenList lex(byte[] bytes) {
        return new Lexer(bytes).run();
    }

    private TokenList run() {
        if (CharacterScanner.startsWith(bytes, 0, BYTE_ORDER_MARK)) {
            add(TokenKind.BYTE_ORDER_MARK, BYTE_ORDER_MARK.length);
        }
        while (at < bytes.length && tokens.syntaxError().isEmpty()) {
            next();
        }
        if (tokens.syntaxError().isEmpty() && tokens.innermost() >= 0) {
            int open = tokens.innermost();
            tokens.fail(at, tokens.start(open), "`%s` is never closed".formatted(text(open)));
        }
        return tokens;
    }

    private void next() {
        int innermost = tokens.innermost();
        switch (innermost < 0 ? TokenKind.BRACE_OPEN : tokens.kind(innermost)) {
            case QUOTE_OPEN -> quoted();
            case HEREDOC_OPEN -> heredoc(innermost);
            default -> code();
        }
    }

    private void code() {
        switch (bytes[at]) {
            case ' ', '\t' -> add(TokenKind.SPACE, CharacterScanner.spaces(bytes, at));
            case '\n', '\r' ->
                addOrFail(
                        TokenKind.NEWLINE, CharacterScanner.newline(bytes, at), "a carriage return without a newline");
            case '#' -> add(TokenKind.LINE_COMMENT, CharacterScanner.restOfLine(bytes, at));
            case '/' -> slash();
            case '"' -> open(TokenKind.QUOTE_OPEN, at + 1);
            case '<' -> less();
            case '{' -> open(TokenKind.BRACE_OPEN, at + 1);
            case '[' -> open(TokenKind.BRACKET_OPEN, at + 1);
            case '(' -> open(TokenKind.PARENTHESIS_OPEN, at + 1);
            case '}' -> close();
            case ']' -> close();
            case ')' -> close();
            case '=', ':', ',' -> separator();
            case '!', '>' -> add(TokenKind.OPERATOR, CharacterScanner.has(bytes, at + 1, '=') ? at + 2 : at + 1);
            case '.', '+', '-', '*', '%', '&', '|', '?', '~', '^' -> add(TokenKind.OPERATOR, at + 1);
            default -> wordOrNumber();
        }
    }

    private void slash() {
        if (CharacterScanner.has(bytes, at + 1, '/')) {
            add(TokenKind.LINE_COMMENT, CharacterScanner.restOfLine(bytes, at));
        } else if (CharacterScanner.has(bytes, at + 1, '*')) {
            addOrFail(TokenKind.BLOCK_COMMENT, CharacterScanner.blockComment(bytes, at), "a comment is never closed");
        } else {
            add(TokenKind.OPERATOR, at + 1);
        }
    }

    private void less() {
        int dash = CharacterScanner.has(bytes, at + 2, '-') ? 1 : 0;
        int name = at + 2 + dash;
        int nameEnd = CharacterScanner.has(bytes, at + 1, '<') ? CharacterScanner.word(bytes, name) : name;
        int end = CharacterScanner.newline(bytes, nameEnd);
        if (nameEnd > name && end > nameEnd) {
            open(TokenKind.HEREDOC_OPEN, end);
        } else {
            add(TokenKind.OPERATOR, CharacterScanner.has(bytes, at + 1, '=') ? at + 2 : at + 1);
        }
    }

    private void separator() {
        boolean equals = bytes[at] == '='
                && (CharacterScanner.has(bytes, at + 1, '=') || CharacterScanner.has(bytes, at + 1, '>'));
        boolean colons = bytes[at] == ':' && CharacterScanner.has(bytes, at + 1, ':');
        if (equals || colons) {
            add(TokenKind.OPERATOR, at + 2);
        } else {
            add(bytes[at] == '=' ? TokenKind.EQUALS : bytes[at] == ':' ? TokenKind.COLON : TokenKind.COMMA, at + 1);
        }
    }

    private void wordOrNumber() {
        if (CharacterScanner.isDigit(bytes, at)) {
            add(TokenKind.NUMBER, CharacterScanner.number(bytes, at));
        } else {
            addOrFail(TokenKind.WORD, CharacterScanner.word(bytes, at), "a character that HCL does not allow");
        }
    }

    private void quoted() {
        int end = at;
        while (end < bytes.length && bytes[end] != '"' && !endsLine(end) && !opensTemplate(end)) {
            boolean escape = bytes[end] == '\\' && end + 1 < bytes.length && !endsLine(end + 1);
            end += escape ? 2 : templateText(end);
        }
        if (end > at) {
            add(TokenKind.TEXT, end);
        }
        if (CharacterScanner.has(bytes, end, '"')) {
            close();
        } else if (end < bytes.length && endsLine(end)) {
            fail(tokens.start(tokens.innermost()), "a quoted string does not end on its line");
        } else {
            openTemplate();
        }
    }

    private void heredoc(int opening) {
        if (bytes[at - 1] == '\n' && isMarker(opening, CharacterScanner.restOfLine(bytes, at))) {
            tokens.addClosing(TokenKind.HEREDOC_CLOSE, at);
            at = CharacterScanner.restOfLine(bytes, at);
        } else {
            heredocText();
        }
    }

    private void heredocText() {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n' && !opensTemplate(end)) {
            end += templateText(end);
        }
        end = CharacterScanner.has(bytes, end, '\n') ? end + 1 : end;
        if (end > at) {
            add(TokenKind.TEXT, end);
        } else {
            openTemplate();
        }
    }

    /**
     * Whether the line has only the heredoc's marker; HCL requires a newline behind it. Compares no more of the marker than
     * the line is long: a long marker above many short lines would cost quadratic time.
     */
    private boolean isMarker(int opening, int lineEnd) {
        int name = tokens.start(opening) + (CharacterScanner.has(bytes, tokens.start(opening) + 2, '-') ? 3 : 2);
        int from = CharacterScanner.spaces(bytes, at);
        int to = lineEnd;
        while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) {
            to--;
        }
        int nameEnd = name + to - from;
        return lineEnd < bytes.length && endsLine(nameEnd) && Arrays.equals(bytes, from, to, bytes, name, nameEnd);
    }

    private boolean opensTemplate(int offset) {
        return (bytes[offset] == '$' || bytes[offset] == '%') && CharacterScanner.has(bytes, offset + 1, '{');
    }

    /** The number of bytes that are certainly text: three for an escaped template, as in <code>$${</code>. */
    private int templateText(int offset) {
        char first = (char) bytes[offset];
        boolean escaped = (first == '$' || first == '%')
                && CharacterScanner.has(bytes, offset + 1, first)
                && CharacterScanner.has(bytes, offset + 2, '{');
        return escaped ? 3 : 1;
    }

    private boolean endsLine(int offset) {
        return bytes[offset] == '\n' || bytes[offset] == '\r';
    }

    private void openTemplate() {
        if (at < bytes.length) {
            open(TokenKind.TEMPLATE_OPEN, at + 2);
        }
    }

    private void open(TokenKind kind, int end) {
        tokens.addOpening(kind, at);
        at = end;
    }

    private void close() {
        int innermost = tokens.innermost();
        String found = String.valueOf((char) bytes[at]);
        if (innermost < 0) {
            fail(at, "`%s` closes nothing".formatted(found));
        } else if (!closes(tokens.kind(innermost).closer(), bytes[at])) {
            fail(at, "`%s` found while `%s` is still open".formatted(found, text(innermost)));
        } else {
            tokens.addClosing(tokens.kind(innermost).closer(), at);
            at++;
        }
    }

    private static boolean closes(TokenKind closer, byte character) {
        return switch (character) {
            case '}' -> closer == TokenKind.BRACE_CLOSE || closer == TokenKind.TEMPLATE_CLOSE;
            case ']' -> closer == TokenKind.BRACKET_CLOSE;
            case ')' -> closer == TokenKind.PARENTHESIS_CLOSE;
            default -> closer == TokenKind.QUOTE_CLOSE;
        };
    }

    private void add(TokenKind kind, int end) {
        tokens.add(kind, at);
        at = end;
    }

    private void addOrFail(TokenKind kind, int end, String otherwise) {
        if (end == at) {
            fail(at, otherwise);
        } else {
            add(kind, end);
        }
    }

    private void fail(int offset, String what) {
        tokens.fail(at, offset, what);
    }

    /** The first line of a token. */
    private String text(int token) {
        int start = tokens.start(token);
        int end = Math.min(
                CharacterScanner.restOfLine(bytes, start), token + 1 < tokens.count() ? tokens.end(token) : at);
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
