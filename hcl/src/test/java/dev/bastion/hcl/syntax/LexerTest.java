package dev.bastion.hcl.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is cut into which tokens. In the table {@code ;} stands for a newline and {@code \r} for a carriage return. */
class LexerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a = 1            | WORD SPACE EQUALS SPACE NUMBER
            a==1             | WORD OPERATOR NUMBER
            a=>b             | WORD OPERATOR WORD
            a!=b>=c<=d       | WORD OPERATOR WORD OPERATOR WORD OPERATOR WORD
            a::b:c           | WORD OPERATOR WORD COLON WORD
            a-b_c.d          | WORD OPERATOR WORD
            -1.5e-3          | OPERATOR NUMBER
            1e5e             | NUMBER WORD
            1.a              | NUMBER OPERATOR WORD
            1..2             | NUMBER OPERATOR OPERATOR NUMBER
            größe_1          | WORD
            漢字_1           | WORD
            𝑥𝑦-1             | WORD
            a漢=𝑥            | WORD EQUALS WORD
            # a;b            | LINE_COMMENT NEWLINE WORD
            // a\\r;b        | LINE_COMMENT NEWLINE WORD
            a / b            | WORD SPACE OPERATOR SPACE WORD
            /* a;*/b         | BLOCK_COMMENT WORD
            /**/b            | BLOCK_COMMENT WORD
            /*/*/b           | BLOCK_COMMENT WORD
            {[()]}           | BRACE_OPEN BRACKET_OPEN PARENTHESIS_OPEN PARENTHESIS_CLOSE BRACKET_CLOSE BRACE_CLOSE
            ""               | QUOTE_OPEN QUOTE_CLOSE
            "a"              | QUOTE_OPEN TEXT QUOTE_CLOSE
            "\\""            | QUOTE_OPEN TEXT QUOTE_CLOSE
            "\\\\"           | QUOTE_OPEN TEXT QUOTE_CLOSE
            "$"              | QUOTE_OPEN TEXT QUOTE_CLOSE
            "$${a}"          | QUOTE_OPEN TEXT QUOTE_CLOSE
            "$$${a}"         | QUOTE_OPEN TEXT QUOTE_CLOSE
            "%%{a}"          | QUOTE_OPEN TEXT QUOTE_CLOSE
            "\\${a}"         | QUOTE_OPEN TEXT QUOTE_CLOSE
            "${a}"           | QUOTE_OPEN TEMPLATE_OPEN WORD TEMPLATE_CLOSE QUOTE_CLOSE
            "%${a}"          | QUOTE_OPEN TEXT TEMPLATE_OPEN WORD TEMPLATE_CLOSE QUOTE_CLOSE
            "$%{a}"          | QUOTE_OPEN TEXT TEMPLATE_OPEN WORD TEMPLATE_CLOSE QUOTE_CLOSE
            "${~a~}"         | QUOTE_OPEN TEMPLATE_OPEN OPERATOR WORD OPERATOR TEMPLATE_CLOSE QUOTE_CLOSE
            "${{}}"          | QUOTE_OPEN TEMPLATE_OPEN BRACE_OPEN BRACE_CLOSE TEMPLATE_CLOSE QUOTE_CLOSE
            "${"}"}"         | QUOTE_OPEN TEMPLATE_OPEN QUOTE_OPEN TEXT QUOTE_CLOSE TEMPLATE_CLOSE QUOTE_CLOSE
            "${;a}"          | QUOTE_OPEN TEMPLATE_OPEN NEWLINE WORD TEMPLATE_CLOSE QUOTE_CLOSE
            <<E;a;E;         | HEREDOC_OPEN TEXT HEREDOC_CLOSE NEWLINE
            <<-E\\r;a\\r; E\\r; | HEREDOC_OPEN TEXT HEREDOC_CLOSE NEWLINE
            <<E;E;           | HEREDOC_OPEN HEREDOC_CLOSE NEWLINE
            <<E;EE;E E;E;    | HEREDOC_OPEN TEXT TEXT HEREDOC_CLOSE NEWLINE
            <<E;${a}E;E;     | HEREDOC_OPEN TEMPLATE_OPEN WORD TEMPLATE_CLOSE TEXT HEREDOC_CLOSE NEWLINE
            <<E;a" \\" {;E;  | HEREDOC_OPEN TEXT HEREDOC_CLOSE NEWLINE
            <<E;$${ %%{ $;E; | HEREDOC_OPEN TEXT HEREDOC_CLOSE NEWLINE
            << E             | OPERATOR OPERATOR SPACE WORD
            a<<E b           | WORD OPERATOR OPERATOR WORD SPACE WORD
            """)
    void splitsIntoTokens(String hcl, String kinds) {
        byte[] bytes = bytes(hcl);
        TokenList tokens = Lexer.lex(bytes);
        assertThat(tokens.syntaxError()).isEmpty();
        assertThat(IntStream.range(0, tokens.count())
                        .mapToObj(token -> tokens.kind(token).name())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(kinds);
        TokensAssert.coverEveryByte(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a = "b;          | 4  | a quoted string does not end on its line
            a = "b\\r"       | 4  | a quoted string does not end on its line
            a = "\\          | 4  | `"` is never closed
            a = "${"b        | 7  | `"` is never closed
            a = "${b         | 5  | `${` is never closed
            a = <<E;b        | 4  | `<<E` is never closed
            a = <<E;E        | 4  | `<<E` is never closed
            {                | 0  | `{` is never closed
            {]               | 1  | `]` found while `{` is still open
            "${]}"           | 3  | `]` found while `${` is still open
            )                | 0  | `)` closes nothing
            a \\r b          | 2  | a carriage return without a newline
            a `b`            | 2  | a character that HCL does not allow
            a @              | 2  | a character that HCL does not allow
            /* *             | 0  | a comment is never closed
            """)
    void reportsSyntaxErrors(String hcl, int offset, String what) {
        assertThat(Lexer.lex(bytes(hcl)).syntaxError()).contains(new TokenList.SyntaxError(offset, what));
        TokensAssert.coverEveryByte(bytes(hcl));
    }

    private static byte[] bytes(String hcl) {
        return hcl.replace(';', '\n').replace("\\r", "\r").getBytes(StandardCharsets.UTF_8);
    }
}
