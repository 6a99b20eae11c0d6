package dev.bastion.app.config.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineNumbersTest {
    private static final String YAML = """
            environments:
              - path: a
              - path: b
                name: c
            aliases:
              v1:
                - x
              v1.2: [y,
                     z]
            flow: {a: {b: 1}}
            """;

    @ParameterizedTest
    @CsvSource({
        "environments, 1",
        "environments[0], 2",
        "environments[1].name, 4",
        "environments[1].nothing, 3",
        "environments[7].path, 1",
        "aliases.v1, 6",
        "aliases.v1.2, 8",
        "aliases.v1.2[1], 9",
        "aliases.v1[0], 7",
        "flow.a.b, 10",
    })
    void aValueHasItsLineOrThatOfWhatIsAroundIt(String path, int line) {
        assertThat(LineNumbers.of(YAML.getBytes(UTF_8)).of(path)).hasValue(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "aliasesX"})
    void whatIsNotThereHasNone(String path) {
        assertThat(LineNumbers.of(YAML.getBytes(UTF_8)).of(path)).isEqualTo(OptionalInt.empty());
    }

    @Test
    void whatIsNoYamlHasNoLines() {
        assertThat(LineNumbers.of("a: [".getBytes(UTF_8)).of("a")).isEmpty();
        assertThat(LineNumbers.of(new byte[0]).of("a")).isEmpty();
        assertThat(LineNumbers.of("[".repeat(200_000).getBytes(UTF_8)).of("a")).isEmpty();
    }
}
