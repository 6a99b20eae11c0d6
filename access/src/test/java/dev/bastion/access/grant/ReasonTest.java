package dev.bastion.access.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`INC-12 slow query`, `INC-12 slow query`",
                "`  spaces  at   the ends `, `spaces at the ends`",
                "`a\nBastion-Action: open`, `a Bastion-Action: open`",
                "`a\r\nb\tc\u0000d`, `a b c d`",
                "`a\u2028b\u2029c`, `a b c`",
                "`\u202Eevil\u202C`, `evil`",
                "`zero\u200Bwidth`, `zero width`",
                "`now [skip ci] please`, `now (skip ci) please`",
                "`[ Skip CI ][CI SKIP][no ci][skip actions][actions skip]`, `(Skip CI)(CI SKIP)(no ci)(skip actions)(actions skip)`",
                "`skip-checks: true`, `skip-checks true`",
                "`skip-checks::: true`, `skip-checks true`",
                "`skip-\u200Bchecks: true`, `skip- checks: true`",
                "`fixes #12, Closes: acme/orders#7`, `fixes (#12), Closes: (acme/orders#7)`",
                "`resolved https://github.com/acme/orders/issues/7`, `resolved (https://github.com/acme/orders/issues/7)`",
                "`fixes #1fixes #2fix GH-3`, `fixes (#1)fixes (#2)fix (GH-3)`",
                "`a high hill, this/that, high-way, close #`, `a high hill, this/that, high-way, close #`",
                "`see #12, prefixes #1, fix GH-3`, `see #12, prefixes #1, fix (GH-3)`",
                "`${run_cmd(\"id\")} %{ if true } \\ \"`, `${run_cmd(\"id\")} %{ if true } \\ \"`",
                "`für die Übersicht 東京`, `für die Übersicht 東京`",
            })
    void isOneVisibleLineThatSkipsNoCiAndClosesNoIssue(String typed, String text) {
        assertThat(Reason.of(typed).text()).isEqualTo(text);
    }

    @Test
    @Timeout(20)
    void isReadFastHoweverLongItIs() {
        assertThat(Reason.cut("fix:http://".repeat(300_000)).isGiven()).isTrue();
        assertThatThrownBy(() -> Reason.of("fix:http://".repeat(300_000))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Reason.of("a\u0315\u0316".repeat(300_000))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void isRefusedWhenLongerThanPeopleRead() {
        assertThat(Reason.of("x".repeat(Reason.LONGEST)).text()).hasSize(300);
        assertThatThrownBy(() -> Reason.of("x".repeat(3000)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("at most 300 characters");
    }

    @Test
    void nothingTypedIsNoReason() {
        assertThat(Reason.of(" \n ").isGiven()).isFalse();
        assertThat(Reason.of(" \n ")).isEqualTo(Reason.NONE);
    }

    @Test
    void whateverIsTypedBecomesAReasonThatStaysAsItIs() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String typed = hostile(random);
            Reason reason = Reason.of(typed);
            assertThat(Reason.of(reason.text()))
                    .as("seed %s, typed <%s>", seed, typed)
                    .isEqualTo(reason);
            assertThat(reason.text())
                    .as("seed %s", seed)
                    .doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e]");
            assertThat(reason.text())
                    .as("seed %s", seed)
                    .doesNotContainPattern("(?i)\\[\\s*skip ci\\s*]|skip-checks\\s*:|\\bfixes(\\s*:\\s*|\\s+)#1");
        }
    }

    private static String hostile(Random random) {
        String[] parts = {
            "[",
            "]",
            "skip ci",
            "skip-checks",
            ":",
            " ",
            "\n",
            "\u2028",
            "\u202e",
            "a",
            "é",
            "\ud83d\ude00",
            "\ud83d",
            "(",
            "no ci",
            "fixes",
            "#1",
            "e\u0301"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    @Test
    void anyTextCanBeCutToAReason() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "fix #1 ",
                "fix",
                " #1",
                "[skip ci]",
                "[ skip",
                " ci ]",
                "skip-checks:",
                ":",
                "\u0344",
                "\ud834\udd60",
                "\u202e",
                "\n",
                "a",
                "\ud834",
                " ",
                "closes: ",
                "GH-7",
                "(",
                ")");
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(400); piece > 0; piece--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String cut = Reason.cut(text.toString()).text();
            assertThat(cut.codePointCount(0, cut.length())).as("seed " + seed).isLessThanOrEqualTo(Reason.LONGEST);
        }
        assertThat(Reason.cut("fix #1 ".repeat(60)).text()).startsWith("fix (#1) fix (#1)");
        assertThat(Reason.cut(" INC-12 slow query ").text()).isEqualTo("INC-12 slow query");
    }
}
