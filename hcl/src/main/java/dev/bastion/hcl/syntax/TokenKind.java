package dev.bastion.hcl.syntax;

/** The kind of a token. Spaces, newlines and comments are tokens too: together the tokens cover every byte. */
public enum TokenKind {
    BYTE_ORDER_MARK,
    SPACE,
    NEWLINE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    WORD,
    NUMBER,
    EQUALS,
    COLON,
    COMMA,
    OPERATOR,
    BRACE_OPEN,
    BRACE_CLOSE,
    BRACKET_OPEN,
    BRACKET_CLOSE,
    PARENTHESIS_OPEN,
    PARENTHESIS_CLOSE,
    QUOTE_OPEN,
    QUOTE_CLOSE,
    /** {@code <<EOT} or {@code <<-EOT} with its newline. */
    HEREDOC_OPEN,
    /** The marker alone on its line, without the newline. */
    HEREDOC_CLOSE,
    /** Text of a string or a heredoc, escapes included. */
    TEXT,
    /** <code>${</code> or <code>%{</code>. */
    TEMPLATE_OPEN,
    TEMPLATE_CLOSE,
    /** From the first byte that is not HCL to the end of the file. */
    UNREADABLE;

    /** Whether it only separates the parts of an expression. */
    boolean isSpacing() {
        return this == SPACE || this == BLOCK_COMMENT || this == LINE_COMMENT || this == BYTE_ORDER_MARK;
    }

    /** The kind that closes this one; this kind itself when it opens nothing. */
    TokenKind closer() {
        return switch (this) {
            case BRACE_OPEN -> BRACE_CLOSE;
            case BRACKET_OPEN -> BRACKET_CLOSE;
            case PARENTHESIS_OPEN -> PARENTHESIS_CLOSE;
            case QUOTE_OPEN -> QUOTE_CLOSE;
            case HEREDOC_OPEN -> HEREDOC_CLOSE;
            case TEMPLATE_OPEN -> TEMPLATE_CLOSE;
            default -> this;
        };
    }

    boolean opens() {
        return closer() != this;
    }
}
