package dev.bastion.benchmarks;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.Await;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.BoltAckOnly;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.ServedProcess;
import dev.bastion.benchmarks.subject.ServiceForge;
import dev.bastion.benchmarks.subject.ServiceImage;
import dev.bastion.benchmarks.subject.ServiceWorld;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.socket.Delivery;
import dev.bastion.sandbox.slack.socket.DeliveryResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two hundred slash commands a second over a real socket, measured until each is acknowledged, while many grants expire and hostile
 * pull requests are open. The service also does the work (reads the ledger and AWS, responds); the alternative only
 * acknowledges, and nothing expires beside it.
 */
final class CommandBenchmark implements Benchmark {
    private static final int COMMANDS_PER_SECOND = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(40);

    private final InstantSource clock;

    CommandBenchmark(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "commands";
    }

    @Override
    public String question() {
        return "how long from a slash command to its acknowledgement, at 200 a second, while grants expire?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int seconds = options.pick(5, 15, 60);
        int grants = options.pick(50, 1_000, 1_000);
        String what =
                "command to acknowledgement, 200 a second for %d s, while %,d grants expire".formatted(seconds, grants);
        return List.of(
                Measurement.ours(what, ours(options, grants, seconds), Aims.COMMANDS)
                        .smaller(options.isSmaller()),
                Measurement.alternative(what, "Bolt's SocketModeApp, ack alone", bolt(options, seconds)));
    }

    private Samples ours(BenchOptions options, int grants, int seconds) throws Exception {
        ServiceImage image = ServiceImage.linkedIn(options.image());
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("remote.git"), grants + 1, 200, 1_000);
        Instant firstEnd = Timestamps.wholeSeconds(clock.instant()).plus(START).plusSeconds(grants / 50);
        open(remote, options.scratch().resolve("opener"), firstEnd, Duration.ofSeconds(seconds));
        try (ServiceForge forge = ServiceForge.of(remote, clock);
                ServiceWorld world = new ServiceWorld(options.scratch(), forge)) {
            forge.openHostilePullRequests();
            try (ServedProcess service = world.serve(image.command())) {
                ActingUser john = world.workspace().as("john.doe");
                String command = "status " + LedgerRemote.name(grants); // the one that is closed
                warmUp(john, command);
                if (!clock.instant().isBefore(firstEnd)) {
                    throw new IllegalStateException("grants ended before the commands began: the start took too long");
                }
                Await.until(
                        "the first grant ends",
                        Duration.ofMinutes(2),
                        () -> !clock.instant().isBefore(firstEnd));
                Samples samples = acknowledgements(john, command, seconds);
                Await.until(
                        "every command is answered",
                        Duration.ofMinutes(1),
                        () -> world.workspace().ephemerals("john.doe").size() >= COMMANDS_PER_SECOND * seconds);
                Await.until(
                        "all " + grants + " grants have ended",
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        () -> remote.expired() >= grants);
                service.requireAlive();
                return samples;
            }
        }
    }

    /** Opens grants whose ends are spread over a window. */
    private void open(LedgerRemote remote, Path clone, Instant firstEnd, Duration window) throws Exception {
        Instant start = Timestamps.wholeSeconds(clock.instant());
        int grants = remote.environments() - 1;
        List<Future<RecordResult>> results = new ArrayList<>();
        try (GitGrantLedger ledger = BenchLedger.opened(remote.url(), clone);
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < grants; number++) {
                EnvironmentName environment = LedgerRemote.name(number);
                Instant end = firstEnd.plusSeconds(window.toSeconds() * number / grants);
                results.add(people.submit(
                        () -> ledger.record(BenchLedger.open(environment, "open " + environment, start, end))));
            }
            for (Future<RecordResult> result : results) {
                BenchLedger.written(result.get());
            }
        }
    }

    private Samples bolt(BenchOptions options, int seconds) throws Exception {
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("bolt.git"), 1, 0, 1);
        try (ServiceWorld world = new ServiceWorld(options.scratch(), remote);
                ServedProcess bolt = world.run(BoltAckOnly.class)) {
            ActingUser john = world.workspace().as("john.doe");
            String command = "status " + LedgerRemote.name(0);
            warmUp(john, command);
            Samples samples = acknowledgements(john, command, seconds);
            bolt.requireAlive();
            return samples;
        }
    }

    /** A Java that has just begun is slow, and neither is begun by two hundred people at once. */
    private static void warmUp(ActingUser john, String command) {
        int perSecond = COMMANDS_PER_SECOND / 2;
        typeCommands(john, command, perSecond * Math.toIntExact(WARM_UP.toSeconds()), perSecond)
                .forEach(Delivery::await);
    }

    private static Samples acknowledgements(ActingUser john, String command, int seconds) {
        return Samples.durations(
                typeCommands(john, command, COMMANDS_PER_SECOND * seconds, COMMANDS_PER_SECOND).stream()
                        .map(Delivery::acknowledged)
                        .map(DeliveryResult.Acknowledged::after)
                        .toList());
    }

    private static List<Delivery> typeCommands(ActingUser john, String command, int count, int perSecond) {
        List<Delivery> deliveries = new ArrayList<>();
        long started = System.nanoTime();
        for (int number = 0; number < count; number++) {
            Await.untilNanos(started + number * 1_000_000_000L / perSecond);
            deliveries.add(john.command("/bastion", command));
        }
        return deliveries;
    }
}
