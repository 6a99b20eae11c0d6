package dev.bastion.hcl.syntax;

import static org.assertj.core.api.Assertions.assertThat;

/** Assertions on the tokens of any file, broken ones too. */
public final class TokensAssert {
    private TokensAssert() {}

    public static void coverEveryByte(byte[] bytes) {
        TokenList tokens = Lexer.lex(bytes);
        int covered = 0;
        for (int token = 0; token < tokens.count(); token++) {
            assertThat(tokens.start(token)).isEqualTo(covered);
            assertThat(tokens.end(token)).isGreaterThan(covered);
            covered = tokens.end(token);
        }
        assertThat(covered).isEqualTo(bytes.length);
    }
}
