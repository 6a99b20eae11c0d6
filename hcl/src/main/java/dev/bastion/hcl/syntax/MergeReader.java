package dev.bastion.hcl.syntax;

import java.util.ArrayList;
import java.util.List;
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
        List<TokenRange> arguments = arguments(source, expression);
        return arguments.isEmpty() ? OptionalInt.empty() : object(source, arguments.getLast());
    }

    private static OptionalInt object(SourceText source, TokenRange argument) {
        TokenList tokens = source.tokens();
        int brace = argument.from();
        boolean isObject = tokens.kind(brace) == TokenKind.BRACE_OPEN
                && tokens.closer(brace) == argument.to() - 1
                && !ObjectReader.isFor(source, brace);
        return isObject ? OptionalInt.of(brace) : OptionalInt.empty();
    }

    /**
     * The arguments of the call, without spacing around them; one with {@code ...} has it.
     *
     * @param expression a whole expression
     * @return empty when it is no call of {@code merge}, or has no arguments
     */
    public static List<TokenRange> arguments(SourceText source, TokenRange expression) {
        TokenList tokens = source.tokens();
        int name = expression.from();
        int last = expression.to() - 1;
        int opening = tokens.skipSpacing(name + 1, last);
        boolean isMerge = tokens.kind(name) == TokenKind.WORD
                && source.text(name).equals("merge")
                && tokens.kind(opening) == TokenKind.PARENTHESIS_OPEN
                && tokens.closer(opening) == last;
        return isMerge ? separated(source, opening + 1, last) : List.of();
    }

    private static List<TokenRange> separated(SourceText source, int from, int end) {
        TokenList tokens = source.tokens();
        List<TokenRange> arguments = new ArrayList<>();
        int start = from;
        for (int at = from; at < end; at = tokens.closer(at) + 1) {
            if (tokens.kind(at) == TokenKind.COMMA) {
                arguments.add(source.trimmed(new TokenRange(start, at)));
                start = at + 1;
            }
        }
        arguments.add(source.trimmed(new TokenRange(start, end)));
        arguments.removeIf(TokenRange::isEmpty);
        return arguments;
    }
}
