package dev.bastion.hcl.syntax;

import java.util.Arrays;
import java.util.Optional;

/**
 * The tokens of a file, which cover every byte. An opening token has the index of its closing one, so a reader skips
 * balanced parts in one step. Only the lexer adds tokens.
 */
public final class TokenList {
    private final int length;
    private TokenKind[] kinds = new TokenKind[64];
    private int[] starts = new int[64];
    private int[] closers = new int[64];
    private int count;
    private int[] open = new int[16];
    private int depth;
    private Optional<SyntaxError> syntaxError = Optional.empty();

    /** The first syntax error and its offset. */
    record SyntaxError(int offset, String what) {}

    TokenList(int length) {
        this.length = length;
    }

    public int count() {
        return count;
    }

    public TokenKind kind(int token) {
        return kinds[token];
    }

    public int start(int token) {
        return token == count ? length : starts[token];
    }

    public int end(int token) {
        return start(token + 1);
    }

    /** The token that closes an opening one; the token itself for every other. */
    public int closer(int token) {
        return closers[token];
    }

    public Optional<SyntaxError> syntaxError() {
        return syntaxError;
    }

    /** The token that covers the byte; the last one for an offset past the end. */
    public int at(int offset) {
        int found = Arrays.binarySearch(starts, 0, count, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** The first token from {@code token} on that is not spacing, at most {@code end}. */
    int skipSpacing(int token, int end) {
        int at = token;
        while (at < end && kinds[at].isSpacing()) {
            at++;
        }
        return at;
    }

    /** The first token from {@code token} on that is neither spacing nor a newline, at most {@code end}. */
    int skipBlank(int token, int end) {
        int at = token;
        while (at < end && (kinds[at].isSpacing() || kinds[at] == TokenKind.NEWLINE)) {
            at++;
        }
        return at;
    }

    /** The innermost open token, or {@code -1} at the top. */
    int innermost() {
        return depth == 0 ? -1 : open[depth - 1];
    }

    void add(TokenKind kind, int start) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            closers = Arrays.copyOf(closers, count * 2);
        }
        kinds[count] = kind;
        starts[count] = start;
        closers[count] = count;
        count++;
    }

    void addOpening(TokenKind kind, int start) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = count;
        add(kind, start);
    }

    void addClosing(TokenKind kind, int start) {
        closers[open[--depth]] = count;
        add(kind, start);
    }

    /** Nothing from {@code start} on can be read. */
    void fail(int start, int offset, String what) {
        if (start < length) {
            add(TokenKind.UNREADABLE, start);
        }
        syntaxError = Optional.of(new SyntaxError(offset, what));
    }
}
