package dev.bastion.benchmarks;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.HostilePullRequests;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.ListedPullRequests;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reversions while pull requests are read without a pause: with none open, and with three that are made to be read slowly. The
 * service itself pauses for seconds between two reads.
 */
final class BulkheadBenchmark implements Benchmark {
    private final InstantSource clock;

    BulkheadBenchmark(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "bulkhead";
    }

    @Override
    public String question() {
        return "how much later is a reversion pushed beside hostile pull requests?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int rounds = options.pick(10, 40, 200);
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("remote.git"), 10, 200, 500);
        ListedPullRequests pulls = new ListedPullRequests(clock);
        try (GitGrantLedger ledger =
                BenchLedger.opened(remote.url(), options.scratch().resolve("ours"))) {
            GitForge forge = BenchLedger.forge(ledger, pulls, clock);
            reversions(ledger, forge, remote.names(), rounds, "warm-up");
            Samples without = reversions(ledger, forge, remote.names(), rounds, "without");
            HostilePullRequests.open(remote, pulls);
            requireRefused(forge);
            Samples with = reversions(ledger, forge, remote.names(), rounds, "with");
            requireRefused(forge);
            String what = "end a grant while pull requests are read";
            return List.of(
                    Measurement.ours(what, with, Aims.BESIDE_PULL_REQUESTS),
                    Measurement.alternative(what, Aims.NO_PULL_REQUEST, without));
        }
    }

    private static void requireRefused(GitForge forge) {
        List<ManualPullRequest> seen = forge.pullRequests().look().open();
        long read = seen.stream().filter(pull -> !pull.changes().isEmpty()).count();
        if (read != HostilePullRequests.COUNT) {
            throw new IllegalStateException("the hostile pull requests were not read: " + seen);
        }
    }

    private Samples reversions(
            GitGrantLedger ledger, GitForge forge, List<EnvironmentName> names, int rounds, String seed)
            throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Duration> took = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = threads.submit(() -> readUntil(done, forge));
            try {
                for (int round = 0; round < rounds; round++) {
                    EnvironmentName environment = names.get(round % names.size());
                    Grant grant = BenchLedger.written(ledger.record(BenchLedger.open(environment, seed + round)));
                    long started = System.nanoTime();
                    BenchLedger.written(ledger.record(BenchLedger.close(grant)));
                    took.add(Duration.ofNanos(System.nanoTime() - started));
                }
            } finally {
                done.set(true);
            }
            reader.get();
        }
        return Samples.durations(took);
    }

    private static void readUntil(AtomicBoolean done, GitForge forge) {
        while (!done.get()) {
            forge.pullRequests().look();
        }
    }
}
