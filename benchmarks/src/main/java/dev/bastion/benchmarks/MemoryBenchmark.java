package dev.bastion.benchmarks;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Statistic;
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

/** The memory of the shipped service after a thousand grants within two minutes. */
final class MemoryBenchmark implements Benchmark {
    private static final int GRANTS = 1_000;
    private static final Duration MAX_DURATION = Duration.ofMinutes(4);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String question() {
        return "how much memory does the service hold after very many grants?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        return List.of(Measurement.ours(
                "resident, after %,d grants".formatted(GRANTS),
                Samples.bytes(afterGrants(options)),
                Aim.underBytes(Statistic.MAX, StartBenchmark.MEMORY)));
    }

    /** Requests every grant and waits until the clock has ended all. */
    private static long afterGrants(BenchOptions options) throws Exception {
        ServiceImage image = ServiceImage.link(options.scratch().resolve("image"));
        LedgerRemote remote = LedgerRemote.create(options.scratch().resolve("large.git"), GRANTS, 200, 1_000);
        try (ServiceWorld world = new ServiceWorld(options.scratch(), remote);
                ServedProcess service = world.serve(image.command())) {
            ActingUser john = world.workspace().as("john.doe");
            long started = System.nanoTime();
            List<Delivery> asked = new ArrayList<>();
            for (EnvironmentName environment : remote.names()) {
                Await.untilNanos(started + asked.size() * 10_000_000L);
                asked.add(john.command("/bastion", "create " + environment + " 45s INC-12 slow query on orders"));
            }
            asked.forEach(Delivery::acknowledged);
            // telling people goes on for as long as Slack's limit of a message a second takes; the doors are closed by
            // then
            while (remote.expired() < GRANTS) {
                Await.untilNanos(System.nanoTime() + 1_000_000_000L);
                if (System.nanoTime() - started > MAX_DURATION.toNanos()) {
                    throw new IllegalStateException(remote.expired() + " of " + GRANTS + " grants have ended in "
                            + MAX_DURATION.toSeconds() + " s");
                }
            }
            return service.restingBytes();
        }
    }
}
