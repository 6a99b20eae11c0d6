package dev.bastion.slack.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.slack.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeliveryDeduplicatorTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Samples.START);
    private final DeliveryDeduplicator seen = new DeliveryDeduplicator(now::get);

    @Test
    void theSameIsSeenForTenMinutesAndNoLonger() {
        assertThat(seen.isDuplicate(List.of("a"))).isFalse();
        now.set(Samples.START.plus(Duration.ofMinutes(10)));
        assertThat(seen.isDuplicate(List.of("a"))).isTrue();
        now.set(Samples.START.plus(Duration.ofMinutes(10)).plusMillis(1));
        assertThat(seen.isDuplicate(List.of("a"))).isFalse();
    }

    @Test
    void oneNameInCommonIsEnough() {
        assertThat(seen.isDuplicate(List.of("envelope 1", "trigger 1"))).isFalse();
        assertThat(seen.isDuplicate(List.of("envelope 2", "trigger 1"))).isTrue();
        assertThat(seen.isDuplicate(List.of("envelope 2", "trigger 3"))).isTrue();
    }

    @Test
    void itForgetsTheOldestRatherThanGrow() {
        for (int i = 0; i < DeliveryDeduplicator.MOST + 10; i++) {
            seen.isDuplicate(List.of("n" + i));
        }
        assertThat(seen.isDuplicate(List.of("n" + (DeliveryDeduplicator.MOST + 9))))
                .isTrue();
        assertThat(seen.isDuplicate(List.of("n0"))).isFalse();
    }
}
