package dev.bastion.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void percentilesAreMeasuredValues() {
        Samples hundred = Samples.nanos(
                LongStream.rangeClosed(1, 100).map(nanos -> 101 - nanos).toArray());
        assertThat(List.of(hundred.min(), hundred.median(), hundred.p99(), hundred.max()))
                .containsExactly(1L, 50L, 99L, 100L);
        Samples one = Samples.durations(List.of(Duration.ofMillis(3)));
        assertThat(List.of(one.min(), one.median(), one.p99())).containsOnly(3_000_000L);
        assertThat(Samples.nanos(1, 2, 3).p99()).isEqualTo(3);
    }

    @Test
    void warmUpsAreNotCounted() throws Exception {
        AtomicInteger done = new AtomicInteger();
        assertThat(Samples.timed(3, 4, done::incrementAndGet).count()).isEqualTo(4);
        assertThat(done).hasValue(7);
    }

    @Test
    void noSamplesAreRejected() {
        assertThatThrownBy(Samples::nanos).isInstanceOf(IllegalArgumentException.class);
    }
}
