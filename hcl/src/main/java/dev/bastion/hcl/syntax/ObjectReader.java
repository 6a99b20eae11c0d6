package dev.bastion.hcl.syntax;

import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.StringLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reader of one object's items; it skips their content. */
public final class ObjectReader {
    private static final String REMEDY = "Correct the file; `terraform fmt` shows the place";

    private final SourceText source;
    private final TokenList tokens;
    private final int end;
    private int at;

    private ObjectReader(SourceText source, int brace) {
        this.source = source;
        this.tokens = source.tokens();
        this.at = brace + 1;
        this.end = tokens.closer(brace);
    }

    /**
     * The items, in the file's order.
     *
     * @param brace the opening brace of an object, not of a {@code for} expression
     * @throws HclException when a part is no item
     */
    public static List<ObjectItem> read(SourceText source, int brace) {
        return new ObjectReader(source, brace).items();
    }

    /** Whether the brackets or braces opened here hold a {@code for} expression, whose parts are not literal. */
    public static boolean isFor(SourceText source, int opening) {
        TokenList tokens = source.tokens();
        int first = tokens.skipBlank(opening + 1, tokens.closer(opening));
        return tokens.kind(first) == TokenKind.WORD && source.text(first).equals("for");
    }

    private List<ObjectItem> items() {
        List<ObjectItem> items = new ArrayList<>();
        at = tokens.skipBlank(at, end);
        while (at < end) {
            items.add(item());
            at = tokens.skipBlank(at, end);
        }
        return items;
    }

    private ObjectItem item() {
        int first = at;
        TokenRange key = source.trimmed(new TokenRange(first, keyEnd()));
        int from = at + 1;
        at = from;
        skipValue();
        TokenRange expression = source.trimmed(new TokenRange(from, at));
        if (key.isEmpty() || expression.isEmpty()) {
            throw source.fault(first, "an item of an object lacks its key or its value", REMEDY);
        }
        at = Math.min(end, at + 1);
        return new ObjectItem(first, name(key), key, expression);
    }

    /** Moves to the equals sign or the colon that ends the key. */
    private int keyEnd() {
        int first = at;
        while (at < end && !endsKey(tokens.kind(at))) {
            at = tokens.closer(at) + 1;
        }
        if (at == end || tokens.kind(at) == TokenKind.NEWLINE || tokens.kind(at) == TokenKind.COMMA) {
            String shown = source.excerpt(new TokenRange(first, at));
            throw source.fault(first, "`%s` in an object is not an item `key = value`".formatted(shown), REMEDY);
        }
        return at;
    }

    private static boolean endsKey(TokenKind kind) {
        return kind == TokenKind.EQUALS
                || kind == TokenKind.COLON
                || kind == TokenKind.NEWLINE
                || kind == TokenKind.COMMA;
    }

    /** Moves to the comma or the newline that ends the item, or to the end of the object. */
    private void skipValue() {
        while (at < end && tokens.kind(at) != TokenKind.COMMA && tokens.kind(at) != TokenKind.NEWLINE) {
            if (tokens.kind(at) == TokenKind.EQUALS) {
                throw source.fault(at, "`=` is not allowed inside an expression", REMEDY);
            }
            at = tokens.closer(at) + 1;
        }
    }

    /** {@code a}, {@code "a"} and {@code ("a")} are the same key; every other expression must be evaluated. */
    private Optional<String> name(TokenRange key) {
        if (tokens.kind(key.from()) == TokenKind.PARENTHESIS_OPEN && tokens.closer(key.from()) == key.to() - 1) {
            return quotedName(source.trimmed(new TokenRange(key.from() + 1, key.to() - 1)));
        }
        boolean single = key.to() - key.from() == 1;
        TokenKind kind = tokens.kind(key.from());
        boolean plain = single
                && (kind == TokenKind.WORD
                        || (kind == TokenKind.NUMBER && source.text(key).matches("0|[1-9][0-9]*")));
        return plain ? Optional.of(source.text(key)) : quotedName(key);
    }

    private Optional<String> quotedName(TokenRange key) {
        if (key.isEmpty() || tokens.kind(key.from()) != TokenKind.QUOTE_OPEN) {
            return Optional.empty();
        }
        return new ValueReader(source).read(key) instanceof StringLiteral(String text)
                ? Optional.of(text)
                : Optional.empty();
    }
}
