package dev.bastion.benchmarks;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.Await;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.ServedProcess;
import dev.bastion.benchmarks.subject.ServiceImage;
import dev.bastion.benchmarks.subject.ServiceWorld;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.socket.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The memory of the shipped service before, while and after very many grants that end within a minute. */
final class MemoryBenchmark implements Benchmark {
    /** The service decides one request of a person after the other, so that limits count: many people ask. */
    private static final int PER_PERSON = 10;

    private static final int PER_SECOND = 100;
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LATEST = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String question() {
        return "how much memory does the service hold before, while and after very many grants?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int grants = options.pick(100, 1_000, 10_000);
        ServiceImage image = ServiceImage.linkedIn(options.image());
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("large.git"), grants, 200, 1_000);
        try (ServiceWorld world = new ServiceWorld(options.scratch(), remote);
                ServedProcess service = world.serve(image.command())) {
            Samples before = Samples.bytes(service.restingBytes());
            request(remote.names(), world.people((grants + PER_PERSON - 1) / PER_PERSON));
            Await.until(
                    "all " + grants + " grants have ended",
                    MARGIN.plus(WINDOW).plus(LATEST),
                    Duration.ofSeconds(1),
                    () -> remote.expired() >= grants);
            // messages to people go on for as long as Slack's limit of one a second takes
            Await.untilNanos(System.nanoTime() + Duration.ofMinutes(1).toNanos());
            String what = "resident a minute after %,d grants".formatted(grants);
            return List.of(
                    Measurement.ours(
                                    "most resident, %,d grants end within a minute".formatted(grants),
                                    Samples.bytes(service.peakBytes()),
                                    Aims.MEMORY_WHILE)
                            .smaller(options.isSmaller()),
                    Measurement.ours(
                                    what,
                                    Samples.bytes(service.residentBytes()),
                                    Aims.MEMORY_AFTER,
                                    Aims.MEMORY_GIVEN_BACK)
                            .smaller(options.isSmaller()),
                    Measurement.alternative(what, Aims.BEFORE_GRANTS, before));
        }
    }

    /** Requests access to all so that the ends are spread over the window, which begins after the last request. */
    private static void request(List<EnvironmentName> environments, List<ActingUser> people) {
        long started = System.nanoTime();
        Duration firstEnd = MARGIN.plusSeconds(environments.size() / PER_SECOND);
        List<Delivery> asked = new ArrayList<>();
        for (int number = 0; number < environments.size(); number++) {
            Await.untilNanos(started + number * 1_000_000_000L / PER_SECOND);
            Duration end = firstEnd.plus(WINDOW.multipliedBy(number).dividedBy(environments.size()));
            long seconds = end.minusNanos(System.nanoTime() - started).toSeconds();
            asked.add(people.get(number / PER_PERSON)
                    .command(
                            "/bastion",
                            "create %s %ds INC-12 slow query on orders".formatted(environments.get(number), seconds)));
        }
        asked.forEach(Delivery::await); // one that is not acknowledged in time is delivered again
    }
}
