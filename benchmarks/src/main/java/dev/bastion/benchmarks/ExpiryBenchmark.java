package dev.bastion.benchmarks;

import dev.bastion.access.ExpireGrants;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.scheduler.QuartzScheduling;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Grants that end together: the time from each end to the remote's acknowledgement of its reversion. Ledger, timers and
 * use case are the service's own.
 */
final class ExpiryBenchmark implements Benchmark {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final InstantSource clock;

    ExpiryBenchmark(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public String question() {
        return "how late is a reversion pushed when very many grants end together?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int grants = options.pick(100, 1_000, 10_000);
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("remote.git"), grants, 200, 1_000);
        Path clone = options.scratch().resolve("ours");
        return List.of(
                Measurement.ours(
                                "%,d grants end within a minute".formatted(grants),
                                lateness(remote, clone, MINUTE),
                                Aims.EXPIRY)
                        .smaller(options.isSmaller()),
                Measurement.ours(
                                "%,d grants end in one second".formatted(grants),
                                lateness(remote, clone, SECOND),
                                Aims.EXPIRY_AT_ONCE)
                        .smaller(options.isSmaller()));
    }

    private Samples lateness(LedgerRemote remote, Path clone, Duration window) throws Exception {
        try (GitGrantLedger ledger = BenchLedger.opened(remote.url(), clone);
                QuartzScheduling scheduling = new QuartzScheduling(clock, MINUTE)) {
            Queue<Duration> late = new ConcurrentLinkedQueue<>();
            CountDownLatch ended = new CountDownLatch(remote.environments());
            CompletableFuture<ExpireGrants> expiry = new CompletableFuture<>();
            ExpiryTimer timer = scheduling.expiryTimer(grant -> {
                expiry.join().expire(grant);
                late.add(Duration.between(grant.expiresAt(), clock.instant()));
                ended.countDown();
            });
            expiry.complete(new ExpireGrants(ledger, timer, clock));
            scheduling.start();
            opened(ledger, remote.names(), window).forEach(timer::arm);
            if (!ended.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException(ended.getCount() + " grants never ended");
            }
            if (!ledger.read().openGrants().isEmpty()) {
                throw new IllegalStateException(
                        "some are still open: " + ledger.read().openGrants());
            }
            return Samples.durations(late);
        }
    }

    /** Opens all grants; their ends are spread evenly over a window that starts after the last opening. */
    private List<Grant> opened(GitGrantLedger ledger, List<EnvironmentName> environments, Duration window)
            throws Exception {
        int count = environments.size();
        Instant start = Timestamps.wholeSeconds(clock.instant());
        Instant firstEnd = start.plusSeconds(10 + count / 100);
        List<Future<RecordResult>> results = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < count; number++) {
                Instant end = firstEnd.plusSeconds(window.toSeconds() * number / count);
                EnvironmentName environment = environments.get(number);
                LedgerChange change = BenchLedger.open(environment, start + environment.value(), start, end);
                results.add(people.submit(() -> ledger.record(change)));
            }
        }
        List<Grant> grants = new ArrayList<>();
        for (Future<RecordResult> result : results) {
            grants.add(BenchLedger.written(result.get()));
        }
        if (!clock.instant().isBefore(firstEnd)) {
            throw new IllegalStateException("opening took longer than the grants were to last");
        }
        return grants;
    }
}
