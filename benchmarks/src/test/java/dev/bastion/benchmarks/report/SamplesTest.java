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

    /** Binomial ranks: of 100 samples the median's range is from the 40th to the 61st, of three it is all. */
    @Test
    void theRangeOfAPercentileIsByRanks() {
        Samples hundred = Samples.nanos(LongStream.rangeClosed(1, 100).toArray());
        assertThat(hundred.interval(50)).isEqualTo(new Interval(40, 61));
        assertThat(hundred.interval(99)).isEqualTo(new Interval(97, 100));
        assertThat(Samples.nanos(1, 2, 3).interval(50)).isEqualTo(new Interval(1, 3));
        assertThat(Samples.nanos(7).interval(50)).isEqualTo(new Interval(7, 7));
    }
}
