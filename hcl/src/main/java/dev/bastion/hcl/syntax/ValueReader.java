package dev.bastion.hcl.syntax;

import dev.bastion.hcl.model.BooleanLiteral;
import dev.bastion.hcl.model.ListValue;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.NullLiteral;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.QuotedText;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an expression as a value, as far as it is literal. */
public final class ValueReader {
    /** Deeper than any real file nests; what lies deeper counts as not literal, and the call stack stays short. */
    private static final int MAX_DEPTH = 100;

    private final SourceText source;
    private final TokenList tokens;
    private final int depth;

    public ValueReader(SourceText source) {
        this(source, 0);
    }

    private ValueReader(SourceText source, int depth) {
        this.source = source;
        this.tokens = source.tokens();
        this.depth = depth;
    }

    /** The value of an expression that has no spacing around it. */
    public Value read(TokenRange expression) {
        int first = expression.from();
        int last = expression.to() - 1;
        boolean whole = tokens.closer(first) == last;
        Optional<? extends Value> value = switch (tokens.kind(first)) {
            case QUOTE_OPEN -> whole ? quoted(expression) : Optional.empty();
            case HEREDOC_OPEN -> whole ? new HeredocReader(source).read(expression) : Optional.empty();
            case BRACKET_OPEN -> whole ? list(first) : Optional.empty();
            case BRACE_OPEN -> whole ? object(first) : Optional.empty();
            case WORD -> whole ? word(source.text(first)) : Optional.empty();
            case NUMBER, OPERATOR -> number(expression);
            default -> Optional.empty();
        };
        return value.isPresent() ? value.get() : new NotLiteral(source.text(expression), source.line(first));
    }

    private Optional<StringLiteral> quoted(TokenRange expression) {
        boolean plain = expression.to() - expression.from() <= 3;
        return plain
                ? source.validText(new TokenRange(expression.from() + 1, expression.to() - 1))
                        .flatMap(QuotedText::unescape)
                        .map(StringLiteral::new)
                : Optional.empty();
    }

    private static Optional<Literal> word(String word) {
        return switch (word) {
            case "true" -> Optional.of(new BooleanLiteral(true));
            case "false" -> Optional.of(new BooleanLiteral(false));
            case "null" -> Optional.of(new NullLiteral());
            default -> Optional.empty();
        };
    }

    private Optional<NumberLiteral> number(TokenRange expression) {
        boolean negative = tokens.kind(expression.from()) == TokenKind.OPERATOR
                && source.text(expression.from()).equals("-");
        int digits = negative ? tokens.skipSpacing(expression.from() + 1, expression.to()) : expression.from();
        if (digits != expression.to() - 1 || tokens.kind(digits) != TokenKind.NUMBER) {
            return Optional.empty();
        }
        String text = (negative ? "-" : "") + source.text(digits);
        return NumberLiteral.isNumber(text) ? Optional.of(new NumberLiteral(text)) : Optional.empty();
    }

    private Optional<ListValue> list(int bracket) {
        if (depth == MAX_DEPTH || ObjectReader.isFor(source, bracket)) {
            return Optional.empty();
        }
        List<Value> elements = new ArrayList<>();
        int end = tokens.closer(bracket);
        int from = tokens.skipBlank(bracket + 1, end);
        while (from < end) {
            int comma = comma(from, end);
            elements.add(element(new TokenRange(from, comma)));
            from = tokens.skipBlank(Math.min(end, comma + 1), end);
        }
        return Optional.of(new ListValue(elements));
    }

    private Value element(TokenRange range) {
        TokenRange element = source.trimmed(range);
        if (element.isEmpty()) {
            throw source.fault(range.from(), "an element of a list is missing", "Remove the comma");
        }
        return nested().read(element);
    }

    private int comma(int from, int end) {
        int at = from;
        while (at < end && tokens.kind(at) != TokenKind.COMMA) {
            at = tokens.closer(at) + 1;
        }
        return at;
    }

    private Optional<ObjectValue> object(int brace) {
        if (depth == MAX_DEPTH || ObjectReader.isFor(source, brace)) {
            return Optional.empty();
        }
        return Optional.of(new ObjectValue(items(ObjectReader.read(source, brace))));
    }

    private Map<String, Value> items(List<ObjectItem> items) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (ObjectItem item : items) {
            String key = item.name().orElseGet(() -> source.text(item.key()));
            if (values.containsKey(key)) {
                throw source.fault(item.token(), "`%s` occurs more than once in an object".formatted(key), "Keep one");
            }
            values.put(key, item.isComputed() ? notLiteral(item) : nested().read(item.expression()));
        }
        return values;
    }

    private NotLiteral notLiteral(ObjectItem item) {
        return new NotLiteral(
                source.text(new TokenRange(item.key().from(), item.expression().to())), source.line(item.token()));
    }

    private ValueReader nested() {
        return new ValueReader(source, depth + 1);
    }
}
