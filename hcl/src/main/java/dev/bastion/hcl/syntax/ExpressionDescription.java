package dev.bastion.hcl.syntax;

import dev.bastion.hcl.model.NotLiteral;

/** The description of an expression's kind for people. */
public final class ExpressionDescription {
    private final SourceText source;
    private final TokenList tokens;

    public ExpressionDescription(SourceText source) {
        this.source = source;
        this.tokens = source.tokens();
    }

    /** The description, like {@code a call (`merge(local.a, local.b)`)}. */
    public String of(TokenRange expression) {
        return "%s (`%s`)".formatted(name(expression), source.excerpt(expression));
    }

    private String name(TokenRange expression) {
        int first = expression.from();
        int last = expression.to() - 1;
        if (tokens.closer(first) == last) {
            return whole(first);
        }
        if (hasConditional(expression)) {
            return "a conditional";
        }
        return tokens.kind(first) != TokenKind.WORD ? "an expression" : wordAndMore(first, last);
    }

    private String wordAndMore(int first, int last) {
        int next = tokens.skipSpacing(first + 1, last);
        if (tokens.kind(next) == TokenKind.PARENTHESIS_OPEN && tokens.closer(next) == last) {
            return "a call";
        }
        boolean reference =
                tokens.kind(next) == TokenKind.OPERATOR && source.text(next).equals(".");
        return reference || tokens.kind(next) == TokenKind.BRACKET_OPEN ? "a reference" : "an expression";
    }

    private String whole(int token) {
        boolean validFile =
                !(new ValueReader(source).read(new TokenRange(token, tokens.closer(token) + 1)) instanceof NotLiteral);
        return switch (tokens.kind(token)) {
            case QUOTE_OPEN ->
                isTemplate(token) ? "a template" : validFile ? "a string" : "a string that cannot be read";
            case HEREDOC_OPEN -> "a heredoc";
            case BRACKET_OPEN -> ObjectReader.isFor(source, token) ? "a `for` expression" : "a list";
            case BRACE_OPEN -> ObjectReader.isFor(source, token) ? "a `for` expression" : "an object";
            case PARENTHESIS_OPEN -> "an expression in parentheses";
            case WORD -> validFile ? "a single value" : "a reference";
            case NUMBER -> validFile ? "a number" : "a number that cannot be read";
            default -> "an expression";
        };
    }

    private boolean isTemplate(int quote) {
        for (int token = quote + 1; token < tokens.closer(quote); token = tokens.closer(token) + 1) {
            if (tokens.kind(token) == TokenKind.TEMPLATE_OPEN) {
                return true;
            }
        }
        return false;
    }

    private boolean hasConditional(TokenRange expression) {
        for (int token = expression.from(); token < expression.to(); token = tokens.closer(token) + 1) {
            if (tokens.kind(token) == TokenKind.OPERATOR && source.text(token).equals("?")) {
                return true;
            }
        }
        return false;
    }
}
