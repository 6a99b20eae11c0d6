package dev.bastion.benchmarks;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.CommandLineLedger;
import dev.bastion.benchmarks.subject.DistantGit;
import dev.bastion.benchmarks.subject.GitCommand;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.ledger.GitGrantLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;

/**
 * One request until its acknowledged push: read the remote's ledger, decide, commit, push. Compared with a git script,
 * in an existing clone and in a new one; and over a link of 50 ms, in round trips.
 */
final class LedgerBenchmark implements Benchmark {
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public String question() {
        return "how long from a request until the remote has acknowledged its commit?";
    }

    /** @param open how many environments of the remote are open beside those that requests are made for */
    private record Remote(LedgerRemote remote, Path scratch, int open) {
        /** The script's environment, which is none of those that ours asks for. */
        EnvironmentName scripts() {
            return LedgerRemote.name(remote.environments() - 1);
        }

        EnvironmentName ours(int round) {
            return LedgerRemote.name(Math.floorMod(round, remote.environments() - open - 1));
        }
    }

    private record Rounds(int warmUps, int ours, int existingClone, int newClone) {}

    private record Requests(Samples durations, Samples roundTrips) {}

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        List<Measurement> found = new ArrayList<>();
        Path small = options.scratch().resolve("small");
        found.addAll(local(
                "request to push, 10 files",
                new Remote(LedgerRemote.create(small.resolve("remote.git"), 7, 0, 1), small, 0),
                new Rounds(20, options.pick(20, 100, 500), options.pick(2, 20, 20), options.pick(2, 10, 10))));
        int commits = options.pick(2_000, 100_000, 100_000);
        int environments = options.pick(300, 2_000, 2_000);
        int others = options.pick(200, 9_000, 9_000);
        Path large = options.scratch().resolve("large");
        Remote remote =
                new Remote(LedgerRemote.create(large.resolve("remote.git"), environments, others, commits), large, 200);
        boolean isSmaller = commits < 100_000;
        String what = "request to push, %,d commits, %,d files, %,d environments, %d open"
                .formatted(commits, environments + others, environments, remote.open());
        found.addAll(local(
                        what,
                        remote,
                        new Rounds(
                                options.pick(10, 100, 200),
                                options.pick(20, 200, 1_000),
                                options.pick(2, 5, 20),
                                options.pick(1, 3, 10)),
                        Aims.REQUEST_MEDIAN,
                        Aims.REQUEST_P99,
                        Aims.REQUEST_BESIDE_CLONE,
                        Aims.REQUEST_BESIDE_FRESH_CLONE)
                .stream()
                .map(one -> one.smaller(isSmaller))
                .toList());
        found.addAll(distant(remote, options.pick(5, 20, 100), options.pick(2, 3, 10)).stream()
                .map(one -> one.smaller(isSmaller))
                .toList());
        return found;
    }

    private static List<Measurement> local(String what, Remote remote, Rounds rounds, Aim... aims) throws Exception {
        CommandLineLedger script = new CommandLineLedger(remote.remote().url(), remote.scratch());
        GitCommand existingClone = script.cloneRepository();
        Samples inExistingClone =
                Samples.timed(1, rounds.existingClone(), () -> script.recordIn(existingClone, remote.scripts()));
        Samples inNewClone =
                Samples.timed(1, rounds.newClone(), () -> script.recordInFreshShallowClone(remote.scripts()));
        return List.of(
                Measurement.ours(
                        what,
                        requests(remote, remote.remote().url(), "local", rounds, () -> 0)
                                .durations(),
                        aims),
                Measurement.alternative(what, Aims.KEPT_CLONE, inExistingClone),
                Measurement.alternative(what, Aims.FRESH_CLONE, inNewClone));
    }

    private static List<Measurement> distant(Remote remote, int rounds, int scriptRounds) throws Exception {
        String what = "request to push, 50 ms away";
        try (DistantGit git = DistantGit.of(remote.remote(), ROUND_TRIP)) {
            Requests ours = requests(remote, git.url(), "distant", new Rounds(3, rounds, 0, 0), git::requests);
            CommandLineLedger script = new CommandLineLedger(
                    git.url(), Files.createDirectories(remote.scratch().resolve("distant-script")));
            GitCommand clone = script.cloneRepository();
            long[] trips = new long[scriptRounds];
            Samples scripts = Samples.timed(0, scriptRounds, () -> script.recordIn(clone, remote.scripts()));
            for (int round = 0; round < scriptRounds; round++) {
                int before = git.requests();
                script.recordIn(clone, remote.scripts());
                trips[round] = (long) git.requests() - before;
            }
            return List.of(
                    Measurement.ours(what, ours.durations()),
                    Measurement.alternative(what, Aims.KEPT_CLONE, scripts),
                    Measurement.ours(what + ", round trips", ours.roundTrips(), Aims.REQUEST_ROUND_TRIPS),
                    Measurement.alternative(what + ", round trips", Aims.KEPT_CLONE, Samples.counts(trips)));
        }
    }

    private static Requests requests(Remote remote, String url, String seed, Rounds rounds, IntSupplier roundTrips)
            throws Exception {
        try (GitGrantLedger ledger = BenchLedger.opened(url, remote.scratch().resolve(seed))) {
            open(ledger, remote);
            List<Duration> took = new ArrayList<>();
            long[] trips = new long[rounds.ours()];
            for (int round = -rounds.warmUps(); round < rounds.ours(); round++) {
                EnvironmentName environment = remote.ours(round);
                int before = roundTrips.getAsInt();
                long started = System.nanoTime();
                ledger.readToRecord();
                Grant grant = BenchLedger.written(ledger.record(BenchLedger.open(environment, seed + " " + round)));
                Duration one = Duration.ofNanos(System.nanoTime() - started);
                if (round >= 0) {
                    took.add(one);
                    trips[round] = (long) roundTrips.getAsInt() - before;
                }
                BenchLedger.written(ledger.record(BenchLedger.close(grant)));
            }
            return new Requests(Samples.durations(took), Samples.counts(trips));
        }
    }

    /** Opens those that are to be open and are not. */
    private static void open(GitGrantLedger ledger, Remote remote) throws Exception {
        if (ledger.read().openGrants().size() >= remote.open()) {
            return;
        }
        List<Future<RecordResult>> results = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < remote.open(); number++) {
                EnvironmentName environment = LedgerRemote.name(remote.remote().environments() - 2 - number);
                results.add(people.submit(() -> ledger.record(BenchLedger.open(environment, "open " + environment))));
            }
        }
        for (Future<RecordResult> result : results) {
            BenchLedger.written(result.get());
        }
    }
}
