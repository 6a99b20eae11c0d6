package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.Await;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.ServedProcess;
import dev.bastion.benchmarks.subject.ServiceForge;
import dev.bastion.benchmarks.subject.ServiceImage;
import dev.bastion.benchmarks.subject.ServiceWorld;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What the service asks of git and of GitHub while nothing happens: with one grant open whose bastion is ready, and then with many open
 * pull requests beside it, once each has its status. Its settings are the usual ones.
 */
final class IdleBenchmark implements Benchmark {
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** New pull requests are on each list of changed ones for five minutes. */
    private static final Duration SETTLED_PULL_REQUESTS = Duration.ofMinutes(6);

    private final InstantSource clock;

    IdleBenchmark(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String question() {
        return "how often does the service ask git and GitHub while nothing happens?";
    }

    private record Traffic(List<Long> fetches, List<Long> calls) {
        Samples fetchesPerMinute() {
            return samples(fetches);
        }

        Samples callsPerMinute() {
            return samples(calls);
        }

        private static Samples samples(List<Long> counts) {
            return Samples.counts(counts.stream().mapToLong(Long::longValue).toArray());
        }
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int pulls = options.pick(20, 200, 200);
        int minutes = options.pick(1, 3, 10);
        ServiceImage image = ServiceImage.linkedIn(options.image());
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("remote.git"), 10, 200, 1_000);
        try (ServiceForge forge = ServiceForge.of(remote, clock);
                ServiceWorld world = new ServiceWorld(options.scratch(), forge);
                ServedProcess service = world.serve(image.command())) {
            world.workspace().as("john.doe").command("/bastion", "create team-000/env-00 8h INC-12 slow query");
            world.online(LedgerRemote.name(0), remote.awaitOpened());
            forge.postApplied(LedgerRemote.name(0));
            remote.awaitEntry("ready");
            Traffic one = traffic(forge, service, SETTLED, minutes);
            forge.openPullRequests(pulls);
            forge.awaitJudged(Duration.ofMinutes(15));
            Traffic many = traffic(forge, service, SETTLED_PULL_REQUESTS, minutes);
            String oneGrant = " a minute, one grant open";
            String beside = " a minute, one grant and %d pull requests open".formatted(pulls);
            boolean isSmaller = pulls < 200;
            return List.of(
                    Measurement.ours("git connections" + oneGrant, one.fetchesPerMinute(), Aims.IDLE_FETCHES),
                    Measurement.ours("calls to GitHub's API" + oneGrant, one.callsPerMinute()),
                    Measurement.ours("git connections" + beside, many.fetchesPerMinute()),
                    Measurement.ours("calls to GitHub's API" + beside, many.callsPerMinute(), Aims.IDLE_CALLS)
                            .smaller(isSmaller));
        }
    }

    private static Traffic traffic(ServiceForge forge, ServedProcess service, Duration settled, int minutes)
            throws IOException {
        Await.untilNanos(System.nanoTime() + settled.toNanos());
        List<Long> fetches = new ArrayList<>();
        List<Long> calls = new ArrayList<>();
        for (int minute = 0; minute < minutes; minute++) {
            forge.traffic().clear();
            Await.untilNanos(System.nanoTime() + Duration.ofMinutes(1).toNanos());
            service.requireAlive();
            fetches.add((long) forge.traffic().gitFetches().size());
            calls.add((long) forge.traffic().restCalls().size());
        }
        return new Traffic(fetches, calls);
    }
}
