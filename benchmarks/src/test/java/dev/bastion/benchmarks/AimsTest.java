package dev.bastion.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.Benchmark;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AimsTest {
    @Test
    void everyAimIsListedOnceAndHasABenchmark() {
        List<String> constants = Arrays.stream(Aims.class.getDeclaredFields())
                .filter(field -> field.getType() == Aim.class)
                .map(field -> field.getName().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        assertThat(Aims.all()).extracting(Aim::name).containsExactlyInAnyOrderElementsOf(constants);
        assertThat(BenchMain.benchmarks(InstantSource.system()))
                .extracting(Benchmark::name)
                .doesNotHaveDuplicates()
                .containsAll(Aims.all().stream().map(Aim::benchmark).toList());
    }
}
