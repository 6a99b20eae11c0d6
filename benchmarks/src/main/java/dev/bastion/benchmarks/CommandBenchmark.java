package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Statistic;
import dev.bastion.benchmarks.subject.Await;
import dev.bastion.benchmarks.subject.BoltAckOnly;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.ServedProcess;
import dev.bastion.benchmarks.subject.ServiceWorld;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.socket.Delivery;
import dev.bastion.sandbox.slack.socket.DeliveryResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hundred slash commands a second over a real socket, measured until each is acknowledged. The service also does
 * the work (reads the ledger and AWS, responds); the alternative only acknowledges.
 */
final class CommandBenchmark implements Benchmark {
    private static final int COMMANDS_PER_SECOND = 200;
    private static final int WARM_UP = 500;
    private static final String COMMAND = "status team-000/env-00";

    @Override
    public String name() {
        return "commands";
    }

    @Override
    public String question() {
        return "how long from a slash command to its acknowledgement, at 200 commands a second?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int seconds = options.isFull() ? 60 : 10;
        String what = "command to ack, 200 a second for %d s".formatted(seconds);
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("remote.git"), 7, 0, 1);
        return List.of(
                Measurement.ours(what, ours(options, remote, seconds), Aim.under(Statistic.P99, Duration.ofMillis(50))),
                Measurement.alternative(what, "Bolt's SocketModeApp, ack alone", bolt(options, remote, seconds)));
    }

    private static Samples ours(BenchOptions options, LedgerRemote remote, int seconds) throws Exception {
        try (ServiceWorld world = new ServiceWorld(options.scratch(), remote);
                ServedProcess service =
                        world.serve(ServiceWorld.home().resolve("bastion").toString())) {
            ActingUser john = world.workspace().as("john.doe");
            Samples samples = acknowledgements(john, seconds);
            Await.until(
                    "every command is answered",
                    Duration.ofMinutes(1),
                    () -> world.workspace().ephemerals("john.doe").size() >= COMMANDS_PER_SECOND * seconds);
            service.requireAlive();
            return samples;
        }
    }

    private static Samples bolt(BenchOptions options, LedgerRemote remote, int seconds) throws Exception {
        try (ServiceWorld world = new ServiceWorld(options.scratch(), remote);
                ServedProcess bolt = world.run(BoltAckOnly.class)) {
            Samples samples = acknowledgements(world.workspace().as("john.doe"), seconds);
            bolt.requireAlive();
            return samples;
        }
    }

    private static Samples acknowledgements(ActingUser john, int seconds) {
        // a Java that has just begun is slow, and neither is begun by two hundred people at once
        typeCommands(john, WARM_UP, COMMANDS_PER_SECOND / 2).forEach(Delivery::await);
        return Samples.durations(typeCommands(john, COMMANDS_PER_SECOND * seconds, COMMANDS_PER_SECOND).stream()
                .map(Delivery::acknowledged)
                .map(DeliveryResult.Acknowledged::after)
                .toList());
    }

    private static List<Delivery> typeCommands(ActingUser john, int count, int perSecond) {
        List<Delivery> deliveries = new ArrayList<>();
        long started = System.nanoTime();
        for (int number = 0; number < count; number++) {
            Await.untilNanos(started + number * 1_000_000_000L / perSecond);
            deliveries.add(john.command("/bastion", COMMAND));
        }
        return deliveries;
    }
}
