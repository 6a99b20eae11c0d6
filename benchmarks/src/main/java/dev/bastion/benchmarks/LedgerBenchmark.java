package dev.bastion.benchmarks;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Statistic;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.CommandLineLedger;
import dev.bastion.benchmarks.subject.GitCommand;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.ledger.GitGrantLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One request until its acknowledged push: read the remote's ledger, decide, commit, push. Compared with a git script,
 * in an existing clone and in a new one.
 */
final class LedgerBenchmark implements Benchmark {
    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public String question() {
        return "how long from a request until the remote has acknowledged its commit?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        List<Measurement> found = new ArrayList<>();
        Path small = options.scratch().resolve("small");
        found.addAll(record(
                "request to push, 10 files",
                LedgerRemote.create(small.resolve("remote.git"), 7, 0, 1),
                small,
                new Rounds(20, options.isFull() ? 500 : 100, 20, 10),
                Duration.ofMillis(30)));
        Path large = options.scratch().resolve("large");
        found.addAll(record(
                "request to push, 11,000 files, 100,000 commits",
                LedgerRemote.create(large.resolve("remote.git"), 1_000, 10_000, 100_000),
                large,
                new Rounds(10, options.isFull() ? 300 : 60, options.isFull() ? 20 : 5, options.isFull() ? 10 : 3),
                Duration.ofMillis(150)));
        return found;
    }

    private record Rounds(int warmUps, int ours, int existingClone, int newClone) {}

    private static List<Measurement> record(
            String what, LedgerRemote remote, Path scratch, Rounds rounds, Duration bound) throws Exception {
        CommandLineLedger script = new CommandLineLedger(remote.url(), scratch);
        // not one of those that ours asks for
        EnvironmentName environment = LedgerRemote.name(remote.environments() - 1);
        GitCommand existingClone = script.cloneRepository();
        Samples inExistingClone =
                Samples.timed(1, rounds.existingClone(), () -> script.recordIn(existingClone, environment));
        Samples inNewClone = Samples.timed(1, rounds.newClone(), () -> script.recordInFreshShallowClone(environment));
        return List.of(
                Measurement.ours(
                        what,
                        ours(remote, scratch, rounds),
                        Aim.under(Statistic.MEDIAN, bound),
                        Aim.timesFaster(10, "git, a fresh shallow clone"),
                        Aim.timesFaster(1, "git, a clone that is kept")),
                Measurement.alternative(what, "git, a clone that is kept", inExistingClone),
                Measurement.alternative(what, "git, a fresh shallow clone", inNewClone));
    }

    private static Samples ours(LedgerRemote remote, Path scratch, Rounds rounds) {
        try (GitGrantLedger ledger = BenchLedger.opened(remote.url(), scratch.resolve("ours"))) {
            List<Duration> took = new ArrayList<>();
            for (int round = -rounds.warmUps(); round < rounds.ours(); round++) {
                EnvironmentName environment = LedgerRemote.name(Math.floorMod(round, remote.environments() - 1));
                long started = System.nanoTime();
                ledger.read();
                Grant grant = BenchLedger.written(ledger.record(BenchLedger.open(environment, "round " + round)));
                Duration one = Duration.ofNanos(System.nanoTime() - started);
                BenchLedger.written(ledger.record(BenchLedger.close(grant)));
                if (round >= 0) {
                    took.add(one);
                }
            }
            return Samples.durations(took);
        }
    }
}
