package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.ServedProcess;
import dev.bastion.benchmarks.subject.ServiceImage;
import dev.bastion.benchmarks.subject.ServiceWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of the shipped service, linked as in the Dockerfile: the time from the command to readiness, and the memory
 * then.
 */
final class StartBenchmark implements Benchmark {
    private static final String WITHOUT_CACHE = "without its cache of classes";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String question() {
        return "how long does the service take to start, and how much memory does it hold idle?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        ServiceImage image = ServiceImage.linkedIn(options.image());
        LedgerRemote small = LedgerRemote.create(options.scratch().resolve("small.git"), 7, 0, 1);
        List<Duration> starts = new ArrayList<>();
        List<Long> idle = new ArrayList<>();
        measure(options, small, image.command(), starts, idle);
        List<Duration> without = new ArrayList<>();
        List<Long> withoutIdle = new ArrayList<>();
        measure(
                options,
                small,
                image.commandWithoutCache(options.scratch().resolve("without-cache")),
                without,
                withoutIdle);
        return List.of(
                Measurement.ours("start to ready", Samples.durations(starts), Aims.START),
                Measurement.alternative("start to ready", WITHOUT_CACHE, Samples.durations(without)),
                Measurement.ours("resident, idle", bytes(idle), Aims.START_MEMORY),
                Measurement.alternative("resident, idle", WITHOUT_CACHE, bytes(withoutIdle)));
    }

    private static void measure(
            BenchOptions options, LedgerRemote remote, List<String> command, List<Duration> starts, List<Long> idle)
            throws IOException {
        int rounds = options.pick(2, 5, 20);
        try (ServiceWorld world = new ServiceWorld(options.scratch(), remote)) {
            for (int round = -1; round < rounds; round++) {
                try (ServedProcess service = world.serve(command)) {
                    if (round >= 0) {
                        starts.add(service.start());
                        idle.add(service.restingBytes());
                    }
                }
            }
        }
    }

    private static Samples bytes(List<Long> figures) {
        return Samples.bytes(figures.stream().mapToLong(Long::longValue).toArray());
    }
}
