package dev.bastion.hcl.syntax;

import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.ArrayList;
import java.util.List;

/** The reader of one body's attributes and blocks; it skips their content. */
public final class BodyReader {
    private static final String REMEDY = "Correct the file; `terraform fmt` shows the place";

    private final SourceText source;
    private final TokenList tokens;
    private final int end;
    private int at;

    private BodyReader(SourceText source, TokenRange body) {
        this.source = source;
        this.tokens = source.tokens();
        this.at = body.from();
        this.end = body.to();
    }

    /**
     * The items of the body, in the file's order.
     *
     * @throws HclException when a part is neither an attribute nor a block
     */
    public static List<BodyItem> read(SourceText source, TokenRange body) {
        return new BodyReader(source, body).items();
    }

    private List<BodyItem> items() {
        List<BodyItem> items = new ArrayList<>();
        at = tokens.skipBlank(at, end);
        while (at < end) {
            items.add(item());
            at = tokens.skipBlank(at, end);
        }
        return items;
    }

    private BodyItem item() {
        int name = at;
        if (tokens.kind(name) != TokenKind.WORD) {
            throw fault(name, "`%s` starts neither an attribute nor a block".formatted(source.text(name)));
        }
        at = tokens.skipSpacing(name + 1, end);
        return at < end && tokens.kind(at) == TokenKind.EQUALS ? attribute(name) : block(name);
    }

    private BodyItem attribute(int name) {
        int from = at + 1;
        at = from;
        while (at < end && tokens.kind(at) != TokenKind.NEWLINE) {
            if (tokens.kind(at) == TokenKind.EQUALS || tokens.kind(at) == TokenKind.COMMA) {
                throw fault(at, "`%s` is not allowed inside an expression".formatted(source.text(at)));
            }
            at = tokens.closer(at) + 1;
        }
        TokenRange expression = source.trimmed(new TokenRange(from, at));
        if (expression.isEmpty()) {
            throw fault(name, "`%s` has no value on its line".formatted(source.text(name)));
        }
        return new BodyItem.Attribute(name, source.text(name), expression);
    }

    private BodyItem block(int type) {
        List<String> labels = new ArrayList<>();
        while (at < end && tokens.kind(at) != TokenKind.BRACE_OPEN) {
            labels.add(label(type));
            at = tokens.skipSpacing(at, end);
        }
        if (at == end) {
            throw fault(type, "`%s` has no value and no body".formatted(source.text(type)));
        }
        TokenRange body = new TokenRange(at + 1, tokens.closer(at));
        at = tokens.skipSpacing(tokens.closer(at) + 1, end);
        if (at < end && tokens.kind(at) != TokenKind.NEWLINE) {
            throw fault(at, "something follows the end of `%s` on its line".formatted(source.text(type)));
        }
        return new BodyItem.Block(type, source.text(type), labels, body);
    }

    private String label(int type) {
        int label = at;
        at = tokens.closer(label) + 1;
        return switch (tokens.kind(label)) {
            case WORD -> source.text(label);
            case QUOTE_OPEN -> quotedLabel(label);
            default -> throw fault(label, "`%s` has no value and no body".formatted(source.text(type)));
        };
    }

    private String quotedLabel(int label) {
        return switch (new ValueReader(source).read(new TokenRange(label, at))) {
            case StringLiteral(String text) -> text;
            case Value other -> throw fault(label, "a label is not a plain string");
        };
    }

    private HclException fault(int token, String what) {
        return source.fault(token, what, REMEDY);
    }
}
