package dev.bastion.access.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reading of times: of the ledger's own form by itself, and it is as Java reads it. */
class TimestampsTest {
    @Test
    void everyMomentReadsBack() {
        Random random = new Random(1);
        Instant first = Instant.parse("2000-01-01T00:00:00Z");
        for (int i = 0; i < 20_000; i++) {
            Instant moment = first.plusSeconds(random.nextLong(7_999L * 365 * 86_400));
            assertThat(Timestamps.parse(moment.toString())).isEqualTo(moment);
            assertThat(Timestamps.text(moment)).isEqualTo(moment.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000-01-01T00:00:00Z",
                "1999-12-31T23:59:59Z",
                "1969-12-31T23:59:59Z",
                "-0001-12-31T23:59:59Z",
                "9999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "2026-01-15T10:30:00.001Z"
            })
    void theTextOfAMomentIsJavas(String text) {
        assertThat(Timestamps.text(Instant.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59Z",
                "2026-01-15T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-01-15T10:30:00.999Z",
                "2026-01-15T12:30:00+02:00",
                "9999-12-31T23:59:59Z"
            })
    void otherFormsAreReadAsJavaReadsThem(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text).truncatedTo(ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T10:30:00Z",
                "2026-13-01T10:30:00Z",
                "2026-00-01T10:30:00Z",
                "2026-01-32T10:30:00Z",
                "2026-01-15T25:00:00Z",
                "2026-01-15T24:00:01Z",
                "2026-01-15T10:60:00Z",
                "2026-01-15T10:30:61Z",
                "1999-12-31T23:59:59Z",
                "2026-01-15 10:30:00Z",
                "2026-01-15T10:30:00",
                "２026-01-15T10:30:00Z",
                "+1000000000-01-01T00:00:00Z",
                ""
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
