package dev.bastion.access.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"90m, 1h30m", "2h, 2h", "1h30m, 1h30m", "45s, 45s", "120s, 2m", "7d, 7d", "1d, 1d", "' 2H ', 2h"})
    void durationsAreWrittenAsPeopleWriteThem(String written, String shown) {
        assertThat(GrantDuration.parse(written)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "0m", "-1h", "2", "2 h", "8d", "1.5h", "30m1h", "99999999999h", "PT2H", "2h\n3h"})
    void nothingElseIsADuration(String written) {
        assertThatThrownBy(() -> GrantDuration.parse(written))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("2h");
    }

    @Test
    void aDurationReadsBackWhatItShows() {
        for (int seconds = 1; seconds < 400_000; seconds += 977) {
            GrantDuration duration = new GrantDuration(Duration.ofSeconds(seconds));
            assertThat(GrantDuration.parse(duration.toString())).isEqualTo(duration);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "john.doe, john.doe",
                "`${run_cmd(\"id\")}`, run_cmd-id",
                "`%{ if true }`, if-true",
                "`Ünal Ödemiş`, Ünal-Ödemiş",
                "`a\nb`, a-b",
                "`\u202E`, U1",
                "`<!channel>`, channel",
            })
    void aNameKeepsOnlyWhatIsHarmless(String calledThemselves, String name) {
        assertThat(Person.of("U1", calledThemselves).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "U1 ", "U1\n", "<@U1>", "${x}", "ü"})
    void anIdIsNeverMended(String id) {
        assertThatThrownBy(() -> Person.of(id, "x")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void aRequestIdIsTheSameForTheSameRequestAndAnotherForAnother() {
        assertThat(RequestId.derivedFrom("13345224609.738474920.8088930838d88f008e0"))
                .isEqualTo(RequestId.derivedFrom("13345224609.738474920.8088930838d88f008e0"))
                .isNotEqualTo(RequestId.derivedFrom("13345224609.738474920.8088930838d88f008e1"));
        assertThat(RequestId.derivedFrom("x").value()).hasSize(16);
        assertThatThrownBy(() -> new RequestId("01JHR7Z9C0V6TU")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void whatIsWrongIsShownWithoutDoingHarm() {
        assertThat(new InvalidValue("name", "a\nb\u202e" + "x".repeat(100), "a name"))
                .hasMessage("\"a?b?" + "x".repeat(36) + "...\" is not a valid name; write a name");
    }
}
