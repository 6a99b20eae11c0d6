package dev.bastion.access.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod/orders", "a", "eu-west-1/prod/orders", "d2"})
    void aDirectoryBelowEnvironmentsIsAName(String value) {
        assertThat(new EnvironmentName(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Dev",
                "../etc",
                "dev/",
                "/dev",
                "dev//x",
                "dev\n",
                "-dev",
                "dev-",
                "${run_cmd(\"id\")}",
                "dev .",
                "a/b/c/d/e",
                "dév"
            })
    void nothingElseIs(String value) {
        assertThatThrownBy(() -> new EnvironmentName(value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("like dev or prod/orders");
    }
}
