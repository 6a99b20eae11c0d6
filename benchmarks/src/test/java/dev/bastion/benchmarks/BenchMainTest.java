package dev.bastion.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Statistic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of the benchmarks, with figures made up. */
class BenchMainTest {
    private static final Benchmark GOOD = new FakeBenchmark(
            "good",
            List.of(
                    Measurement.ours(
                            "work",
                            Samples.nanos(2_000_000, 1_000_000, 3_000_000),
                            Aim.under(Statistic.MEDIAN, Duration.ofMillis(30)),
                            Aim.under(Statistic.P99, Duration.ofMillis(3)),
                            Aim.timesFaster(10, "theirs"),
                            Aim.timesFaster(1, "nobody")),
                    Measurement.alternative("work", "theirs", Samples.nanos(20_000_000)),
                    Measurement.ours("memory", Samples.bytes(300 << 20), Aim.underBytes(Statistic.MAX, 200 << 20))));
    private static final Benchmark BAD = new FakeBenchmark("bad", List.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void printsOursAndTheAlternativeWithRatioAndAims() throws IOException {
        assertThat(run("good")).isZero();
        assertThat(printed()).isEqualToNormalizingNewlines("""

                good: a question
                  work                                    n         min      median         p99     ratio
                    ours                                  3      1.0 ms      2.0 ms      3.0 ms     1.00x
                    theirs                                1     20.0 ms     20.0 ms     20.0 ms       10x
                    aim: median under 30.0 ms: met
                    aim: p99 under 3.0 ms: MISSED
                    aim: 10 times faster than theirs: met
                    aim: not slower than nobody: MISSED
                  memory                                  n         min      median         p99     ratio
                    ours                                  1     300 MiB     300 MiB     300 MiB     1.00x
                    aim: max under 200 MiB: MISSED

                Results as JSON: %s
                """.formatted(json()));
        JsonNode rows = new ObjectMapper().readTree(Files.readString(json())).get("measurements");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).get("median").asLong()).isEqualTo(2_000_000);
        assertThat(rows.get(0).get("aims").get(1).get("met").asBoolean()).isFalse();
        assertThat(rows.get(2).get("unit").asText()).isEqualTo("bytes");
    }

    @Test
    void aFailedBenchmarkIsReportedAndTheOthersRun() {
        assertThat(run()).isEqualTo(1);
        assertThat(printed()).contains("bad: FAILED: java.io.IOException: terraform is missing", "good: a question");
    }

    @Test
    void anUnknownNameListsTheBenchmarks() {
        assertThat(run("hlc")).isEqualTo(2);
        assertThat(printed()).contains("there is no benchmark hlc", "bad: a question", "good: a question");
    }

    private int run(String... names) {
        BenchMain main = new BenchMain(List.of(BAD, GOOD), new PrintStream(out, true, StandardCharsets.UTF_8));
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("--json", json().toString()), java.util.Arrays.stream(names))
                .toArray(String[]::new);
        return new CommandLine(main).execute(arguments);
    }

    private Path json() {
        return directory.resolve("bench.json");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Answers what it is told to, or fails when that is nothing. */
    private record FakeBenchmark(String name, List<Measurement> found) implements Benchmark {
        @Override
        public String question() {
            return "a question";
        }

        @Override
        public List<Measurement> run(BenchOptions options) throws IOException {
            assertThat(options.scratch()).isEmptyDirectory();
            Files.writeString(options.scratch().resolve("left-over"), "");
            if (found.isEmpty()) {
                throw new IOException("terraform is missing");
            }
            return found;
        }
    }
}
