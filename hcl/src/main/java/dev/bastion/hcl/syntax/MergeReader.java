package dev.bastion.hcl.syntax;

import java.util.OptionalInt;

/**
 * The reader of {@code merge(…, { … })}. Of two values of one key, the last object's counts, so a value that is written there is
 * the value of the whole call, whatever the other arguments are.
 */
public final class MergeReader {
    private MergeReader() {}

    /**
     * The opening brace of the object literal that is the last argument of the call.
     *
     * @param expression a whole expression
     * @return empty when it is no call of {@code merge}, or its last argument is something else, also one with {@code ...}
     */
    public static OptionalInt lastObject(SourceText source, TokenRange expression) {
        TokenList tokens = source.tokens();
        int name = expression.from();
        int last = expression.to() - 1;
        int opening = tokens.skipSpacing(name + 1, last);
        boolean isMerge = tokens.kind(name) == TokenKind.WORD
                && source.text(name).equals("merge")
                && tokens.kind(opening) == TokenKind.PARENTHESIS_OPEN
                && tokens.closer(opening) == last;
        return isMerge ? lastArgument(source, opening + 1, last) : OptionalInt.empty();
    }

    private static OptionalInt lastArgument(SourceText source, int from, int end) {
        TokenList tokens = source.tokens();
        TokenRange argument = source.trimmed(new TokenRange(from, end));
        for (int at = from; at < end; at = tokens.closer(at) + 1) {
            TokenRange rest = source.trimmed(new TokenRange(at + 1, end));
            if (tokens.kind(at) == TokenKind.COMMA && !rest.isEmpty()) {
                argument = rest;
            } else if (tokens.kind(at) == TokenKind.COMMA) {
                argument = source.trimmed(new TokenRange(argument.from(), at));
            }
        }
        int brace = argument.from();
        boolean isObject = !argument.isEmpty()
                && tokens.kind(brace) == TokenKind.BRACE_OPEN
                && tokens.closer(brace) == argument.to() - 1
                && !ObjectReader.isFor(source, brace);
        return isObject ? OptionalInt.of(brace) : OptionalInt.empty();
    }
}
