package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0s, 0s",
        "0, 0s, 0s",
        "59, 59s, 59s",
        "60, 1m, 1m",
        "90, 1m 30s, 1m",
        "119, 1m 59s, 1m",
        "3599, 59m 59s, 59m",
        "3600, 1h, 1h",
        "5400, 1h 30m, 1h 30m",
        "86399, 23h 59m, 23h 59m",
        "90000, 1d 1h, 1d 1h"
    })
    void aLengthHasTwoUnitsAndLosesNoHalf(long seconds, String exact, String growing) {
        assertThat(HumanDuration.of(Duration.ofSeconds(seconds))).isEqualTo(exact);
        assertThat(HumanDuration.growing(Duration.ofSeconds(seconds))).isEqualTo(growing);
    }
}
