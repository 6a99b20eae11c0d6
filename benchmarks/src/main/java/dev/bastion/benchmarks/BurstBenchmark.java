package dev.bastion.benchmarks;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.CommandLineLedger;
import dev.bastion.benchmarks.subject.GitCommand;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.ledger.GitGrantLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fifty concurrent requests, measured until the last is pushed, compared with a git script that writes them one by one.
 */
final class BurstBenchmark implements Benchmark {
    private static final int CONCURRENT_REQUESTS = 50;

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String question() {
        return "how long until all of 50 requests that come at once are pushed?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        String what = "50 at once, until the last is pushed";
        LedgerRemote remote =
                LedgerRemote.create(options.scratch().resolve("remote.git"), 2 * CONCURRENT_REQUESTS, 200, 1_000);
        CommandLineLedger script = new CommandLineLedger(remote.url(), options.scratch());
        GitCommand existingClone = script.cloneRepository();
        Samples oneByOne = Samples.timed(0, options.pick(1, 1, 5), () -> {
            for (int number = 0; number < CONCURRENT_REQUESTS; number++) {
                script.recordIn(existingClone, LedgerRemote.name(CONCURRENT_REQUESTS + number));
            }
        });
        return List.of(
                Measurement.ours(
                        what, ours(remote, options.scratch().resolve("ours"), options.pick(3, 30, 300)), Aims.BURST),
                Measurement.alternative(what, "git, one by one", oneByOne));
    }

    private static Samples ours(LedgerRemote remote, Path clone, int rounds) throws Exception {
        List<Duration> took = new ArrayList<>();
        try (GitGrantLedger ledger = BenchLedger.opened(remote.url(), clone)) {
            for (int round = -3; round < rounds; round++) {
                List<Grant> grants = new ArrayList<>();
                long started = System.nanoTime();
                for (Future<RecordResult> result : allAtOnce(ledger, round)) {
                    grants.add(BenchLedger.written(result.get()));
                }
                Duration one = Duration.ofNanos(System.nanoTime() - started);
                grants.forEach(grant -> ledger.record(BenchLedger.close(grant)));
                if (round >= 0) {
                    took.add(one);
                }
            }
        }
        return Samples.durations(took);
    }

    private static List<Future<RecordResult>> allAtOnce(GitGrantLedger ledger, int round) {
        List<Future<RecordResult>> results = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < CONCURRENT_REQUESTS; number++) {
                var change = BenchLedger.open(LedgerRemote.name(number), "round " + round + " number " + number);
                results.add(people.submit(() -> {
                    ledger.read();
                    return ledger.record(change);
                }));
            }
        }
        return results;
    }
}
