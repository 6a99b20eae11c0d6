package dev.bastion.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Size;
import dev.bastion.benchmarks.report.Statistic;
import dev.bastion.benchmarks.report.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line of the benchmarks, with figures made up. */
class BenchMainTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final Aim MEDIAN = aim("good", "median", Target.under(Statistic.MEDIAN, Duration.ofMillis(30)));
    private static final Aim P99 = aim("good", "p99", Target.under(Statistic.P99, Duration.ofMillis(3)));
    private static final Aim FASTER = aim("good", "faster", Target.timesFaster(10, "theirs"));
    private static final Aim SAME = aim("good", "same", Target.timesFaster(1, "nobody"));
    private static final Aim MEMORY = aim("good", "memory", Target.underBytes(Statistic.MAX, 200 << 20));
    private static final Aim CALLS = aim("good", "calls", Target.atMost(Statistic.MAX, 6));
    private static final Aim OTHER = aim("bad", "other", Target.atMost(Statistic.MAX, 0));
    private static final List<Aim> AIMS = List.of(MEDIAN, P99, FASTER, SAME, MEMORY, CALLS, OTHER);

    private static final Benchmark GOOD = new FakeBenchmark(
            "good",
            List.of(
                    Measurement.ours("work", Samples.nanos(2_000_000, 1_000_000, 3_000_000), MEDIAN, P99, FASTER, SAME),
                    Measurement.alternative("work", "theirs", Samples.nanos(20_000_000)),
                    Measurement.ours("memory", Samples.bytes(300 << 20), MEMORY),
                    Measurement.ours("fewer calls", Samples.counts(6, 5), CALLS).smaller(true)));
    private static final Benchmark BAD = new FakeBenchmark("bad", List.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private static Aim aim(String benchmark, String name, Target target) {
        return new Aim(name, benchmark, name + " of the work", target);
    }

    @Test
    void printsOursAndTheAlternativeWithRatioAndAims() throws IOException {
        assertThat(run(List.of(GOOD))).isZero();
        assertThat(printed()).isEqualToNormalizingNewlines("""

            good: a question
              work                                    n         min      median         p99     ratio
                ours                                  3      1.0 ms      2.0 ms      3.0 ms     1.00x
                theirs                                1     20.0 ms     20.0 ms     20.0 ms       10x
                aim: median under 30.0 ms: reached
                aim: p99 under 3.0 ms: MISSED
                aim: 10 times faster than theirs: reached
                aim: not slower than nobody: MISSED
              memory                                  n         min      median         p99     ratio
                ours                                  1     300 MiB     300 MiB     300 MiB     1.00x
                aim: max under 200 MiB: MISSED
              fewer calls                             n         min      median         p99     ratio
                ours                                  2           5           5           6     1.00x
                aim: max at most 6: reached, smaller

            Aims
              reached               2.0 ms  good: median of the work, median under 30.0 ms
                                            measured: work
                                            theirs: 20.0 ms (10x of ours)
              MISSED                3.0 ms  good: p99 of the work, p99 under 3.0 ms
                                            measured: work
                                            theirs: 20.0 ms (10x of ours)
              reached                  10x  good: faster of the work, 10 times faster than theirs
                                            measured: work
                                            theirs: 20.0 ms (10x of ours)
              MISSED                     ?  good: same of the work, not slower than nobody
                                            measured: work
              MISSED               300 MiB  good: memory of the work, max under 200 MiB
                                            measured: memory
              reached, smaller           6  good: calls of the work, max at most 6
                                            measured: fewer calls
              not measured                  bad: other of the work, max at most 0
              3 MISSED; 1 not measured; 2 reached; 1 reached, smaller

            Results as JSON: %s
            """.formatted(json()));
        JsonNode run = new ObjectMapper().readTree(Files.readString(json()));
        JsonNode rows = run.get("measurements");
        assertThat(run.get("machine").get("at").asText()).isEqualTo("2026-01-15T12:00:00Z");
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0).get("median").asLong()).isEqualTo(2_000_000);
        assertThat(rows.get(0).get("median_interval").get("high").asLong()).isEqualTo(3_000_000);
        assertThat(rows.get(0).get("aims").get(1).get("verdict").asText()).isEqualTo("MISSED");
        assertThat(rows.get(2).get("unit").asText()).isEqualTo("SIZE");
        assertThat(rows.get(3).get("smaller").asBoolean()).isTrue();
    }

    @Test
    void theFiguresArePublishedInTheLastSectionOfADocument() throws IOException {
        Path document = Files.writeString(directory.resolve("speed.md"), "# Speed\n\n## Figures\n\nOld ones.\n");
        assertThat(run(List.of(GOOD), "--publish", document.toString())).isZero();
        assertThat(document)
                .content()
                .startsWith("# Speed\n\n## Figures\n\nMeasured 2026-01-15T12:00:00Z, ")
                .contains(
                        "| `good` | work: 10 times faster than theirs | 10x | reached | theirs: 20.0 ms (10x of ours)"
                                + " |\n",
                        "| `good` | fewer calls: max at most 6 | 6 | reached, smaller |  |\n")
                .endsWith("| `bad` | other of the work: max at most 0 |  | not measured |  |\n")
                .doesNotContain("Old ones");
    }

    @Test
    void aDocumentWithoutTheSectionIsLeftAsItIs() throws IOException {
        Path document = Files.writeString(directory.resolve("other.md"), "# Other\n");
        assertThat(run(List.of(GOOD), "--publish", document.toString())).isEqualTo(2);
        assertThat(printed()).contains(document + " has no line '## Figures'").doesNotContain("a question");
        assertThat(document).hasContent("# Other\n");
    }

    @Test
    void aFailedBenchmarkIsReportedAndTheOthersRun() {
        assertThat(run(List.of(BAD, GOOD))).isEqualTo(1);
        assertThat(printed()).contains("bad: FAILED: java.io.IOException: terraform is missing", "good: a question");
    }

    @Test
    void anUnknownNameListsTheBenchmarks() {
        assertThat(run(List.of(BAD, GOOD), "hlc")).isEqualTo(2);
        assertThat(printed()).contains("there is no benchmark hlc", "bad: a question", "good: a question");
    }

    @ParameterizedTest
    @CsvSource({"small, SMALL", "full, FULL", "USUAL, USUAL"})
    void theSizeIsTheBenchmarks(String typed, Size size) {
        assertThat(run(List.of(new SizedBenchmark()), "--size", typed)).isZero();
        assertThat(printed()).contains("of size " + size);
    }

    /** The figures of an earlier run, those of a later one as percentages of them, and what that is. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, 0, ''",
        "105, 100, 0, ''", // less than two runs of one program differ by
        "130, 100, 3, WORSE",
        "60, 100, 0, BETTER",
        "130, 130, 0, ''", // the machine was slower
        "200, 130, 3, WORSE",
        "100, 60, 3, WORSE" // a faster machine hides nothing
    })
    void aFigureThatBecameWorseIsMarked(int ours, int theirs, int exitCode, String mark) throws IOException {
        assertThat(run(List.of(timed(100, 100)))).isZero();
        Path before = Files.move(json(), directory.resolve("before.json"));
        out.reset();
        assertThat(run(List.of(timed(ours, theirs)), "--compare", before.toString()))
                .isEqualTo(exitCode);
        assertThat(printed())
                .contains("Compared with the run of 2026-01-15T12:00:00Z")
                .containsPattern("(?m)^  %-6s +%.2fx +[0-9.]+ ms +[0-9.]+ ms  timed: work, ours, median$"
                        .formatted(mark, ours / 100.0));
    }

    /** Commands have a hundred samples and more: then the slowest of them count, too. */
    @Test
    void aWorse99thPercentileIsMarkedAlthoughTheMedianIsTheSame() throws IOException {
        assertThat(run(List.of(withSlowest(20, 1)))).isZero();
        Path before = Files.move(json(), directory.resolve("before.json"));
        out.reset();
        assertThat(run(List.of(withSlowest(20, 4)), "--compare", before.toString()))
                .isEqualTo(3);
        assertThat(printed())
                .containsPattern("(?m)^ {9} +1.00x .* slow: work, ours, median$")
                .containsPattern("(?m)^  WORSE +4.00x .* slow: work, ours, p99$");
    }

    @Test
    void aCountIsComparedExactlyAndFiguresOfOneRunAreNamed() throws IOException {
        assertThat(run(List.of(counted("calls", 6), counted("other", 1)))).isZero();
        Path before = Files.move(json(), directory.resolve("before.json"));
        out.reset();
        assertThat(run(List.of(counted("calls", 7), counted("later", 1)), "--compare", before.toString()))
                .isEqualTo(3);
        assertThat(printed())
                .containsPattern("(?m)^  WORSE +1.17x +6 +7  calls: work, ours, median$")
                .containsPattern("(?m)^  new +1  later: work, ours, median$")
                .contains("1 figures of that run were not measured in this one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"measurements": []}                                | is no file of this version's ./bastion bench
        {"format": 2, "machine": null, "measurements": []}  | is no JSON file of ./bastion bench
        {                                                   | is no JSON file of ./bastion bench
        ''                                                  | is no file of this version's ./bastion bench
        """)
    void aFileThatIsNoRunIsRefusedBeforeAnythingIsMeasured(String content, String problem) throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), content);
        assertThat(run(List.of(GOOD), "--compare", file.toString())).isEqualTo(2);
        assertThat(printed()).contains(file.toString(), problem).doesNotContain("a question");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        Path file = directory.resolve("none.json");
        assertThat(run(List.of(GOOD), "--compare", file.toString())).isEqualTo(2);
        assertThat(printed()).contains("there is no file " + file);
    }

    private static Benchmark timed(int ours, int theirs) {
        return new FakeBenchmark(
                "timed",
                Stream.of(
                                Stream.of(Measurement.ours("work", percent(ours))),
                                Stream.of("a", "b", "c")
                                        .map(label -> Measurement.alternative("work", label, percent(theirs))))
                        .flatMap(all -> all)
                        .toList());
    }

    /** Ninety samples around so many per cent of 10 ms. */
    private static Samples percent(int percent) {
        return Samples.nanos(LongStream.range(-45, 45)
                .map(offset -> percent * 100_000L + offset * 1_000)
                .toArray());
    }

    private static Benchmark withSlowest(int slow, int times) {
        return new FakeBenchmark(
                "slow",
                List.of(Measurement.ours(
                        "work",
                        Samples.nanos(LongStream.range(0, 500)
                                .map(number -> number < slow ? times * 10_000_000L : 1_000_000L)
                                .toArray()))));
    }

    private static Benchmark counted(String name, long count) {
        return new FakeBenchmark(name, List.of(Measurement.ours("work", Samples.counts(count))));
    }

    private int run(List<Benchmark> benchmarks, String... arguments) {
        BenchMain main = new BenchMain(
                benchmarks, AIMS, InstantSource.fixed(NOW), new PrintStream(out, true, StandardCharsets.UTF_8));
        return BenchMain.commandLine(main)
                .setErr(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .execute(Stream.concat(Stream.of("--json", json().toString()), Stream.of(arguments))
                        .toArray(String[]::new));
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

    /** Answers the size. */
    private record SizedBenchmark() implements Benchmark {
        @Override
        public String name() {
            return "sized";
        }

        @Override
        public String question() {
            return "a question";
        }

        @Override
        public List<Measurement> run(BenchOptions options) {
            return List.of(Measurement.ours("of size " + options.size(), Samples.counts(1)));
        }
    }
}
