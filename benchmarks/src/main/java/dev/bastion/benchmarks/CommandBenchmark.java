package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Statistic;
import dev.bastion.benchmarks.subject.Await;
import dev.bastion.benchmarks.subject.BoltAlone;
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
 * Two hundred slash commands a second over a real socket: how long until each is acknowledged. Ours does behind it what
 * was asked (reads the ledger, looks at AWS, answers); the alternative acknowledges and does nothing.
 */
final class CommandBenchmark implements Benchmark {
    private static final int A_SECOND = 200;
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
        LedgerRemote remote = LedgerRemote.made(options.scratch().resolve("remote.git"), 7, 0, 1);
        return List.of(
                Measurement.ours(what, ours(options, remote, seconds), Aim.under(Statistic.P99, Duration.ofMillis(50))),
                Measurement.alternative(what, "Bolt's SocketModeApp, ack alone", alone(options, remote, seconds)));
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
                    () -> world.workspace().ephemerals("john.doe").size() >= A_SECOND * seconds);
            service.requireAlive();
            return samples;
        }
    }

    private static Samples alone(BenchOptions options, LedgerRemote remote, int seconds) throws Exception {
        try (ServiceWorld world = new ServiceWorld(options.scratch(), remote);
                ServedProcess bolt = world.run(BoltAlone.class)) {
            Samples samples = acknowledgements(world.workspace().as("john.doe"), seconds);
            bolt.requireAlive();
            return samples;
        }
    }

    private static Samples acknowledgements(ActingUser john, int seconds) {
        // a Java that has just begun is slow, and neither is begun by two hundred people at once
        typed(john, WARM_UP, A_SECOND / 2).forEach(Delivery::await);
        return Samples.durations(typed(john, A_SECOND * seconds, A_SECOND).stream()
                .map(Delivery::acknowledged)
                .map(DeliveryResult.Acknowledged::after)
                .toList());
    }

    private static List<Delivery> typed(ActingUser john, int count, int aSecond) {
        List<Delivery> deliveries = new ArrayList<>();
        long begun = System.nanoTime();
        for (int number = 0; number < count; number++) {
            Await.untilNanos(begun + number * 1_000_000_000L / aSecond);
            deliveries.add(john.command("/bastion", COMMAND));
        }
        return deliveries;
    }
}
