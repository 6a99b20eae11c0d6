package dev.bastion.hcl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.hcl.Goldens;
import dev.bastion.hcl.HostileText;
import dev.bastion.hcl.Seeds;
import dev.bastion.hcl.syntax.Lexer;
import dev.bastion.hcl.syntax.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Escaping: any text is written so that it stays text. */
class QuotedTextTest {
    /** Text, and how hclwrite's escapeQuotedStringLit writes it. */
    static final List<Arguments> ESCAPES = List.of(
            Arguments.of("", "\"\""),
            Arguments.of("a b", "\"a b\""),
            Arguments.of("\n\r\t\"\\", "\"\\n\\r\\t\\\"\\\\\""),
            Arguments.of("${a}", "\"$${a}\""),
            Arguments.of("%{a}", "\"%%{a}\""),
            Arguments.of("$a %a $ %", "\"$a %a $ %\""),
            Arguments.of("$${", "\"$$${\""),
            Arguments.of("${${", "\"$${$${\""),
            Arguments.of("\u0000\u007f\u0085", "\"\\u0000\\u007f\\u0085\""),
            Arguments.of("\u2028\u2029\u202e\u200b", "\"\\u2028\\u2029\\u202e\\u200b\""),
            Arguments.of("\u00a0\u3000\u00ad", "\"\\u00a0\\u3000\\u00ad\""),
            Arguments.of("\ue000\uffff", "\"\\ue000\\uffff\""),
            Arguments.of("é ж 漢 😀 e\u0301", "\"é ж 漢 😀 e\u0301\""),
            Arguments.of(Character.toString(0xe0001), "\"\\U000e0001\""));

    static final List<String> HOSTILE = HostileText.ALL;

    static Stream<Arguments> seeds() {
        return Seeds.of(300);
    }

    @ParameterizedTest
    @FieldSource("ESCAPES")
    void writesAsHclwriteDoes(String text, String written) {
        assertThat(new StringLiteral(text).hcl()).isEqualTo(written);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void hostileTextRoundTripsOnOneLineWithoutTemplates(String text) {
        assertRoundTrip(text);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyTextRoundTripsOnOneLineWithoutTemplates(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
            text.append(random.nextBoolean() ? "$%{}\"\\\n".charAt(random.nextInt(7)) + "" : anyCharacter(random));
        }
        assertRoundTrip(text.toString());
    }

    @Test
    void anUnpairedSurrogateIsRejected() {
        assertThatThrownBy(() -> new StringLiteral("a\ud800b")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRoundTrip(String text) {
        byte[] written = new StringLiteral(text).hcl().getBytes(StandardCharsets.UTF_8);
        TokenList tokens = Lexer.lex(written);
        assertThat(tokens.syntaxError()).isEmpty();
        assertThat(tokens.count()).isEqualTo(text.isEmpty() ? 2 : 3);
        assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
        assertThat(Goldens.literal(new String(written, StandardCharsets.UTF_8))).isEqualTo(new StringLiteral(text));
    }

    private static String anyCharacter(Random random) {
        int point = random.nextInt(random.nextBoolean() ? 0x300 : Character.MAX_CODE_POINT + 1);
        return Character.getType(point) == Character.SURROGATE ? "x" : Character.toString(point);
    }
}
