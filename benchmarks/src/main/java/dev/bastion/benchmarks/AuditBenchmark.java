package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.GrantHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code bastion audit grants} of a long history, from the start of its process to its last row, beside git, which only prints
 * the trailers of the same commits. The commits are not signed: git verifies no signature either.
 */
final class AuditBenchmark implements Benchmark {
    private static final String GIT = "git log --format=%(trailers)";
    private static final int[] COMMITS = {10_000, 100_000};

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String question() {
        return "does an answer about all grants take longer than git takes to print the trailers?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        for (int commits : COMMITS) {
            Path repository = GrantHistory.create(options.scratch().resolve("ledger-" + commits), commits);
            Path answer = options.scratch().resolve("grants.csv");
            String what = "all grants of " + commits + " commits";
            int rounds = options.isFull() ? 7 : 3;
            measurements.add(Measurement.ours(
                    what,
                    Samples.timed(1, rounds, () -> answer(audit(repository), answer, commits / 10)),
                    Aim.timesFaster(1, GIT)));
            measurements.add(Measurement.alternative(
                    what, GIT, Samples.timed(1, rounds, () -> answer(git(repository), answer, commits))));
        }
        return measurements;
    }

    private static List<String> audit(Path repository) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.bastion.cli.Main",
                "audit",
                "grants",
                "--csv",
                "--repository",
                repository.toString());
    }

    private static List<String> git(Path repository) {
        return List.of("git", "-C", repository.toString(), "log", "--format=%(trailers)", "main");
    }

    private static void answer(List<String> command, Path answer, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        try (var read = Files.lines(answer)) {
            if (read.count() < lines) {
                throw new IOException(String.join(" ", command) + " printed less than the history has");
            }
        }
    }
}
