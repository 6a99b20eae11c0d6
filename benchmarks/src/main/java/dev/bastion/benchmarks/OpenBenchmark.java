package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Statistic;
import dev.bastion.benchmarks.subject.GrantHistory;
import dev.bastion.benchmarks.subject.OpenedLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The reading of a long history when the service starts, in a process of its own: from the clone alone, and with the index that the
 * process before left. The Java machine's own start is not in it.
 */
final class OpenBenchmark implements Benchmark {
    private static final int ENVIRONMENTS = 2_000;
    private static final int COMMITS = 100_000;
    private static final Duration WARM = Duration.ofMillis(500);

    @Override
    public String name() {
        return "open";
    }

    @Override
    public String question() {
        return "how long does a start take to know a long history, with the index of the start before, and without?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int commits = options.commits().orElse(COMMITS);
        int rounds = options.isFull() ? 5 : 2;
        Path remote = GrantHistory.create(options.scratch().resolve("remote"), commits, ENVIRONMENTS);
        Path clone = options.scratch().resolve("clone");
        open(remote, clone);
        List<Duration> warm = new ArrayList<>();
        for (int round = 0; round < rounds + 1; round++) {
            warm.add(open(remote, clone));
        }
        List<Duration> cold = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Files.deleteIfExists(clone.resolve("bastion/service-v1"));
            cold.add(open(remote, clone));
        }
        String what = "a start with %,d commits, %,d environments".formatted(commits, ENVIRONMENTS);
        return List.of(
                Measurement.ours(what, Samples.durations(warm), Aim.under(Statistic.MEDIAN, WARM)),
                Measurement.alternative(what, "without the index", Samples.durations(cold)));
    }

    private static Duration open(Path remote, Path clone) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenedLedger.class.getName(),
                        "file://" + remote,
                        clone.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the ledger could not be opened: " + output);
        }
        return output.lines()
                .filter(line -> line.startsWith(OpenedLedger.TOOK))
                .map(line -> Duration.ofNanos(Long.parseLong(line.substring(OpenedLedger.TOOK.length()))))
                .findFirst()
                .orElseThrow(() -> new IOException("the ledger was not opened: " + output));
    }
}
