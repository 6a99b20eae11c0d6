package dev.bastion.benchmarks;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.CommandLineLedger;
import dev.bastion.benchmarks.subject.DistantGit;
import dev.bastion.benchmarks.subject.GitCommand;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.OtherPushes;
import dev.bastion.ledger.GitGrantLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests in a repository to which others push five times a second, at the end of a link with a round trip of 50 ms.
 * Compared with a git script that rebases and pushes until it succeeds.
 */
final class BusyBenchmark implements Benchmark {
    private static final int PUSHES_PER_SECOND = 5;
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "busy";
    }

    @Override
    public String question() {
        return "how long until a request is pushed where others push about five times a second, 50 ms away?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int rounds = options.pick(10, 100, 1_000);
        String what = "request to push, beside %d pushes a second, 50 ms away".formatted(PUSHES_PER_SECOND);
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("remote.git"), rounds + 10, 200, 1_000);
        try (DistantGit git = DistantGit.of(remote, ROUND_TRIP)) {
            List<Duration> ours = ours(remote, git, options.scratch().resolve("ours"), rounds);
            long punctual =
                    ours.stream().filter(one -> one.compareTo(LONGEST) <= 0).count();
            return List.of(
                    Measurement.ours(what, Samples.durations(ours)),
                    Measurement.alternative(
                            what,
                            "git, until it succeeds",
                            script(remote, git, options.scratch(), options.pick(2, 10, 100))),
                    Measurement.ours(
                                    "of %,d requests: not recorded within 5 s".formatted(rounds),
                                    Samples.counts(rounds - punctual),
                                    Aims.BUSY)
                            .smaller(rounds < 100));
        }
    }

    /** How long each took that was recorded. One that lost too many races was not; any other fault ends the benchmark. */
    private static List<Duration> ours(LedgerRemote remote, DistantGit git, Path clone, int rounds) {
        List<Duration> took = new ArrayList<>();
        try (GitGrantLedger ledger = BenchLedger.opened(git.url(), clone)) {
            BenchLedger.written(ledger.record(BenchLedger.open(LedgerRemote.name(rounds), "warm-up")));
            try (OtherPushes others = OtherPushes.to(remote, PUSHES_PER_SECOND)) {
                for (int round = 0; round < rounds; round++) {
                    long started = System.nanoTime();
                    try {
                        BenchLedger.written(
                                ledger.record(BenchLedger.open(LedgerRemote.name(round), "round " + round)));
                        took.add(Duration.ofNanos(System.nanoTime() - started));
                    } catch (LedgerUnreachable _) {
                        // it would be tried again later
                    }
                }
                if (others.count() == 0) {
                    throw new IllegalStateException("nobody else pushed");
                }
            }
        }
        return took;
    }

    private static Samples script(LedgerRemote remote, DistantGit git, Path scratch, int rounds) throws Exception {
        CommandLineLedger script = new CommandLineLedger(git.url(), scratch);
        GitCommand clone = script.cloneRepository();
        try (OtherPushes _ = OtherPushes.to(remote, PUSHES_PER_SECOND)) {
            return Samples.timed(
                    0, rounds, () -> CommandLineLedger.recordUntilPushed(clone, LedgerRemote.name(rounds + 1)));
        }
    }
}
