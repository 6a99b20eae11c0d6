package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Statistic;
import dev.bastion.benchmarks.subject.GrantHistory;
import dev.bastion.benchmarks.subject.MeasuredCommand;
import dev.bastion.benchmarks.subject.SignedHistory;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code bastion audit grants} of a long history, from the start of its process to its last row, beside git, which only prints
 * the trailers of the same commits and verifies no signature.
 */
final class AuditBenchmark implements Benchmark {
    private static final String GIT = "git log --format=%(trailers)";
    private static final int COMMITS = 100_000;
    private static final int SIGNED_COMMITS = 10_000;

    /** What the heap of a reader may have, whatever the history's length. */
    private static final String HEAP = "-Xmx256m";

    private static final long MEMORY = 512L << 20;

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String question() {
        return "does an answer about all grants take longer than git takes to print the trailers, and how much memory?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int commits = options.commits().orElse(COMMITS);
        Path empty = GrantHistory.create(options.scratch().resolve("empty"), 1);
        Path repository = GrantHistory.create(options.scratch().resolve("unsigned"), commits);
        List<Measurement> all = new ArrayList<>(
                measure("all grants of %,d commits".formatted(commits), repository, List.of(), commits, options));
        all.add(
                2,
                Measurement.alternative(
                        all.getFirst().what(), "ours, of no grant", took(rounds(options), audit(empty, List.of()), 1)));

        int signed = options.isFull() ? commits : Math.min(commits, SIGNED_COMMITS);
        Path key = options.scratch().resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        Path signers = Files.writeString(
                options.scratch().resolve("signers"), "bastion@example.com " + Files.readString(Path.of(key + ".pub")));
        Path ledger = GrantHistory.create(options.scratch().resolve("signed"), signed);
        SignedHistory.sign(ledger, new FileKeySigner(key));
        all.addAll(measure(
                "the same, %,d signed commits".formatted(signed),
                ledger,
                List.of("--allowed-signers", signers.toString()),
                signed,
                options));
        return all;
    }

    private static int rounds(BenchOptions options) {
        return options.isFull() ? 5 : 2;
    }

    private static List<Measurement> measure(
            String what, Path repository, List<String> keys, int commits, BenchOptions options) throws Exception {
        List<Duration> took = new ArrayList<>();
        long[] peaks = new long[rounds(options)];
        for (int round = 0; round < peaks.length; round++) {
            MeasuredCommand ran = run(audit(repository, keys), commits / 10);
            took.add(ran.took());
            peaks[round] = ran.peakBytes();
        }
        return List.of(
                Measurement.ours(what, Samples.durations(took), Aim.timesFaster(1, GIT)),
                Measurement.alternative(what, GIT, took(rounds(options), git(repository), commits)),
                Measurement.ours(what + ", " + HEAP, Samples.bytes(peaks), Aim.underBytes(Statistic.MAX, MEMORY)));
    }

    private static Samples took(int rounds, List<String> command, int lines) throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            took.add(run(command, lines).took());
        }
        return Samples.durations(took);
    }

    private static MeasuredCommand run(List<String> command, int lines) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("audit");
        Path answer = directory.resolve("answer");
        try {
            return MeasuredCommand.run(command, answer, lines);
        } finally {
            Files.deleteIfExists(answer);
            Files.deleteIfExists(directory.resolve("errors"));
            Files.delete(directory);
        }
    }

    private static List<String> audit(Path repository, List<String> keys) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                HEAP,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.bastion.cli.Main",
                                "audit",
                                "grants",
                                "--csv",
                                "--repository",
                                repository.toString()),
                        keys.stream())
                .toList();
    }

    private static List<String> git(Path repository) {
        return List.of("git", "-C", repository.toString(), "log", "--first-parent", "--format=%(trailers)", "main");
    }
}
