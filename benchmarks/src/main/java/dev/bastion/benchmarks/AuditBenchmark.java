package dev.bastion.benchmarks;

import dev.bastion.benchmarks.process.MeasuredCommand;
import dev.bastion.benchmarks.process.PreparedCommandLine;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Size;
import dev.bastion.benchmarks.subject.GrantHistory;
import dev.bastion.benchmarks.subject.RewrittenHistory;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code bastion audit grants} of a long history, from the start of its process to its last row: from git alone, and a second time
 * with its index; beside git, which only prints the trailers of the same commits and verifies no signature.
 */
final class AuditBenchmark implements Benchmark {
    private static final int COMMITS = 100_000;
    private static final int SIGNED_COMMITS = 10_000;

    /** What the heap of a reader may have, whatever the history's length. */
    private static final String HEAP = "-Xmx256m";

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
        int commits = options.commits().orElse(options.pick(2_000, COMMITS, COMMITS));
        PreparedCommandLine cli = PreparedCommandLine.in(options.scratch().resolve("cli"), System.getenv());
        Path empty = GrantHistory.create(options.scratch().resolve("empty"), 1);
        Path repository = GrantHistory.create(options.scratch().resolve("unsigned"), commits);
        List<Measurement> all = new ArrayList<>(
                measure("all grants of %,d commits".formatted(commits), cli, repository, List.of(), commits, options));
        all.add(Measurement.alternative(
                all.getFirst().what(),
                "ours, of no grant",
                Samples.durations(took(run(rounds(options), audit(cli, empty, List.of("--no-index")), 1)))));

        int signed = options.size() == Size.FULL ? commits : Math.min(commits, SIGNED_COMMITS);
        Path key = options.scratch().resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        Path signers = Files.writeString(
                options.scratch().resolve("signers"), "bastion@example.com " + Files.readString(Path.of(key + ".pub")));
        Path ledger = GrantHistory.create(options.scratch().resolve("signed"), signed);
        RewrittenHistory.sign(ledger, new FileKeySigner(key));
        all.addAll(measure(
                "the same, %,d signed commits".formatted(signed),
                cli,
                ledger,
                List.of("--allowed-signers", signers.toString()),
                signed,
                options));
        return all.stream().map(one -> one.smaller(commits < COMMITS)).toList();
    }

    private static int rounds(BenchOptions options) {
        return options.pick(1, 2, 5);
    }

    private static List<Measurement> measure(
            String what, PreparedCommandLine cli, Path repository, List<String> keys, int commits, BenchOptions options)
            throws Exception {
        List<MeasuredCommand> git = run(rounds(options) + 1, git(repository), commits);
        List<String> fromGit = audit(cli, repository, with(keys, "--no-index"));
        List<String> withIndex = audit(
                cli,
                repository,
                with(keys, "--index-key", options.scratch().resolve("index.key").toString()));
        List<Measurement> all =
                new ArrayList<>(compared(what + ", from git", run(rounds(options), fromGit, commits / 10), git));
        List<MeasuredCommand> first = run(1, withIndex, commits / 10);
        String again = what + ", a second question";
        all.addAll(compared(again, run(rounds(options) + 1, withIndex, commits / 10), git));
        all.add(Measurement.alternative(again, "ours, the first question", Samples.durations(took(first))));
        return all;
    }

    /** The times of a question beside git's, and its memory. On a busy machine the time of the processors tells more. */
    private static List<Measurement> compared(String what, List<MeasuredCommand> ours, List<MeasuredCommand> git) {
        String processors = what + ", time of the processors";
        return List.of(
                Measurement.ours(what, Samples.durations(took(ours)), Aims.AUDIT),
                Measurement.alternative(what, Aims.GIT_LOG, Samples.durations(took(git))),
                Measurement.ours(processors, Samples.durations(processors(ours))),
                Measurement.alternative(processors, Aims.GIT_LOG, Samples.durations(processors(git))),
                Measurement.ours(
                        what + ", " + HEAP,
                        Samples.bytes(ours.stream()
                                .mapToLong(MeasuredCommand::peakBytes)
                                .toArray()),
                        Aims.AUDIT_MEMORY));
    }

    private static List<Duration> took(List<MeasuredCommand> commands) {
        return commands.stream().map(MeasuredCommand::took).toList();
    }

    private static List<Duration> processors(List<MeasuredCommand> commands) {
        return commands.stream().map(MeasuredCommand::processors).toList();
    }

    private static List<String> with(List<String> options, String... more) {
        return Stream.concat(options.stream(), Stream.of(more)).toList();
    }

    private static List<MeasuredCommand> run(int rounds, List<String> command, int lines)
            throws IOException, InterruptedException {
        List<MeasuredCommand> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            all.add(run(command, lines));
        }
        return all;
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

    private static List<String> audit(PreparedCommandLine cli, Path repository, List<String> options) {
        return cli.command(
                List.of(HEAP),
                Stream.concat(
                                Stream.of("audit", "grants", "--csv", "--repository", repository.toString()),
                                options.stream())
                        .toList());
    }

    private static List<String> git(Path repository) {
        return List.of("git", "-C", repository.toString(), "log", "--first-parent", "--format=%(trailers)", "main");
    }
}
