package dev.bastion.hcl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a file into tokens, as hclsyntax's scanner does: code, quoted strings and heredocs, each inside the others to any
 * depth. It keeps its own stack, so that deep nesting costs memory and never the call stack, and looks at each byte once.
 */
final class Lexer {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] bytes;
    private final Tokens tokens;
    private int at;

    private Lexer(byte[] bytes) {
        this.bytes = bytes;
        this.tokens = new Tokens(bytes.length);
    }

    static Tokens lex(byte[] bytes) {
        return new Lexer(bytes).run();
    }

    private Tokens run() {
        if (Scan.startsWith(bytes, 0, BYTE_ORDER_MARK)) {
            add(Kind.BYTE_ORDER_MARK, BYTE_ORDER_MARK.length);
        }
        while (at < bytes.length && tokens.flaw().isEmpty()) {
            next();
        }
        if (tokens.flaw().isEmpty() && tokens.innermost() >= 0) {
            int open = tokens.innermost();
            tokens.giveUp(at, tokens.start(open), "`%s` is never closed".formatted(text(open)));
        }
        return tokens;
    }

    private void next() {
        int innermost = tokens.innermost();
        switch (innermost < 0 ? Kind.BRACE_OPEN : tokens.kind(innermost)) {
            case QUOTE_OPEN -> quoted();
            case HEREDOC_OPEN -> heredoc(innermost);
            default -> code();
        }
    }

    private void code() {
        switch (bytes[at]) {
            case ' ', '\t' -> add(Kind.SPACE, Scan.spaces(bytes, at));
            case '\n', '\r' ->
                addOrGiveUp(Kind.NEWLINE, Scan.newline(bytes, at), "a carriage return without a newline");
            case '#' -> add(Kind.LINE_COMMENT, Scan.restOfLine(bytes, at));
            case '/' -> slash();
            case '"' -> open(Kind.QUOTE_OPEN, at + 1);
            case '<' -> less();
            case '{' -> open(Kind.BRACE_OPEN, at + 1);
            case '[' -> open(Kind.BRACKET_OPEN, at + 1);
            case '(' -> open(Kind.PARENTHESIS_OPEN, at + 1);
            case '}' -> close();
            case ']' -> close();
            case ')' -> close();
            case '=', ':', ',' -> separator();
            case '!', '>' -> add(Kind.OPERATOR, Scan.has(bytes, at + 1, '=') ? at + 2 : at + 1);
            case '.', '+', '-', '*', '%', '&', '|', '?', '~', '^' -> add(Kind.OPERATOR, at + 1);
            default -> wordOrNumber();
        }
    }

    private void slash() {
        if (Scan.has(bytes, at + 1, '/')) {
            add(Kind.LINE_COMMENT, Scan.restOfLine(bytes, at));
        } else if (Scan.has(bytes, at + 1, '*')) {
            addOrGiveUp(Kind.BLOCK_COMMENT, Scan.blockComment(bytes, at), "a comment is never closed");
        } else {
            add(Kind.OPERATOR, at + 1);
        }
    }

    private void less() {
        int dash = Scan.has(bytes, at + 2, '-') ? 1 : 0;
        int name = at + 2 + dash;
        int nameEnd = Scan.has(bytes, at + 1, '<') ? Scan.word(bytes, name) : name;
        int end = Scan.newline(bytes, nameEnd);
        if (nameEnd > name && end > nameEnd) {
            open(Kind.HEREDOC_OPEN, end);
        } else {
            add(Kind.OPERATOR, Scan.has(bytes, at + 1, '=') ? at + 2 : at + 1);
        }
    }

    private void separator() {
        boolean equals = bytes[at] == '=' && (Scan.has(bytes, at + 1, '=') || Scan.has(bytes, at + 1, '>'));
        boolean colons = bytes[at] == ':' && Scan.has(bytes, at + 1, ':');
        if (equals || colons) {
            add(Kind.OPERATOR, at + 2);
        } else {
            add(bytes[at] == '=' ? Kind.EQUALS : bytes[at] == ':' ? Kind.COLON : Kind.COMMA, at + 1);
        }
    }

    private void wordOrNumber() {
        if (Scan.isDigit(bytes, at)) {
            add(Kind.NUMBER, Scan.number(bytes, at));
        } else {
            addOrGiveUp(Kind.WORD, Scan.word(bytes, at), "a character that HCL does not know");
        }
    }

    private void quoted() {
        int end = at;
        while (end < bytes.length && bytes[end] != '"' && !endsLine(end) && !opensTemplate(end)) {
            boolean escape = bytes[end] == '\\' && end + 1 < bytes.length && !endsLine(end + 1);
            end += escape ? 2 : templateText(end);
        }
        if (end > at) {
            add(Kind.TEXT, end);
        }
        if (Scan.has(bytes, end, '"')) {
            close();
        } else if (end < bytes.length && endsLine(end)) {
            giveUp(tokens.start(tokens.innermost()), "a quoted string does not end on its line");
        } else {
            openTemplate();
        }
    }

    private void heredoc(int opening) {
        if (bytes[at - 1] == '\n' && isMarker(opening, Scan.restOfLine(bytes, at))) {
            tokens.addClosing(Kind.HEREDOC_CLOSE, at);
            at = Scan.restOfLine(bytes, at);
        } else {
            heredocText();
        }
    }

    private void heredocText() {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n' && !opensTemplate(end)) {
            end += templateText(end);
        }
        end = Scan.has(bytes, end, '\n') ? end + 1 : end;
        if (end > at) {
            add(Kind.TEXT, end);
        } else {
            openTemplate();
        }
    }

    /** Whether the line has nothing but the marker of the heredoc; the line must end, as HCL wants it. */
    private boolean isMarker(int opening, int lineEnd) {
        int name = tokens.start(opening) + (Scan.has(bytes, tokens.start(opening) + 2, '-') ? 3 : 2);
        int nameEnd = Scan.restOfLine(bytes, name);
        int from = Scan.spaces(bytes, at);
        int to = lineEnd;
        while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t')) {
            to--;
        }
        return lineEnd < bytes.length && Arrays.equals(bytes, from, to, bytes, name, nameEnd);
    }

    private boolean opensTemplate(int offset) {
        return (bytes[offset] == '$' || bytes[offset] == '%') && Scan.has(bytes, offset + 1, '{');
    }

    /** How many bytes of a template are text for sure: three where a template is escaped, as in <code>$${</code>. */
    private int templateText(int offset) {
        char first = (char) bytes[offset];
        boolean escaped = (first == '$' || first == '%')
                && Scan.has(bytes, offset + 1, first)
                && Scan.has(bytes, offset + 2, '{');
        return escaped ? 3 : 1;
    }

    private boolean endsLine(int offset) {
        return bytes[offset] == '\n' || bytes[offset] == '\r';
    }

    private void openTemplate() {
        if (at < bytes.length) {
            open(Kind.TEMPLATE_OPEN, at + 2);
        }
    }

    private void open(Kind kind, int end) {
        tokens.addOpening(kind, at);
        at = end;
    }

    private void close() {
        int innermost = tokens.innermost();
        String found = String.valueOf((char) bytes[at]);
        if (innermost < 0) {
            giveUp(at, "`%s` closes nothing".formatted(found));
        } else if (!closes(tokens.kind(innermost).closer(), bytes[at])) {
            giveUp(at, "`%s` stands where `%s` is still open".formatted(found, text(innermost)));
        } else {
            tokens.addClosing(tokens.kind(innermost).closer(), at);
            at++;
        }
    }

    private static boolean closes(Kind closer, byte character) {
        return switch (character) {
            case '}' -> closer == Kind.BRACE_CLOSE || closer == Kind.TEMPLATE_CLOSE;
            case ']' -> closer == Kind.BRACKET_CLOSE;
            case ')' -> closer == Kind.PARENTHESIS_CLOSE;
            default -> closer == Kind.QUOTE_CLOSE;
        };
    }

    private void add(Kind kind, int end) {
        tokens.add(kind, at);
        at = end;
    }

    private void addOrGiveUp(Kind kind, int end, String otherwise) {
        if (end == at) {
            giveUp(at, otherwise);
        } else {
            add(kind, end);
        }
    }

    private void giveUp(int offset, String what) {
        tokens.giveUp(at, offset, what);
    }

    /** The first line of a token. */
    private String text(int token) {
        int start = tokens.start(token);
        int end = Math.min(Scan.restOfLine(bytes, start), token + 1 < tokens.count() ? tokens.end(token) : at);
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
