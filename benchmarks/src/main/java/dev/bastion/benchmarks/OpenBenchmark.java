package dev.bastion.benchmarks;

import dev.bastion.benchmarks.process.MeasuredCommand;
import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.report.Size;
import dev.bastion.benchmarks.subject.GrantHistory;
import dev.bastion.benchmarks.subject.MeasuredOpening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reading of a long history when the service starts, in a process of its own: from the clone alone, and with the index that the
 * process before left. The Java machine's own start is not in it.
 */
final class OpenBenchmark implements Benchmark {
    private static final int OPEN_GRANTS = 200;
    private static final String WITHOUT_INDEX = "without the index";

    private final String name;
    private final int smallCommits;
    private final int usualCommits;
    private final int fullCommits;

    private OpenBenchmark(String name, int smallCommits, int usualCommits, int fullCommits) {
        this.name = name;
        this.smallCommits = smallCommits;
        this.usualCommits = usualCommits;
        this.fullCommits = fullCommits;
    }

    static OpenBenchmark ofUsualHistory() {
        return new OpenBenchmark("open", 2_000, 100_000, 100_000);
    }

    static OpenBenchmark ofLongHistory() {
        return new OpenBenchmark("long-history", 4_000, 200_000, 1_000_000);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String question() {
        return "how long does a start take with up to %,d commits, with the index of the start before, and without?"
                .formatted(fullCommits);
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int commits = options.commits().orElse(options.pick(smallCommits, usualCommits, fullCommits));
        int environments = options.size() == Size.SMALL ? 2 * OPEN_GRANTS : 2_000;
        Path remote = GrantHistory.create(options.scratch().resolve("remote"), commits, environments, OPEN_GRANTS);
        Path clone = options.scratch().resolve("clone");
        List<MeasuredOpening> cold = new ArrayList<>(List.of(MeasuredOpening.of(remote, clone, OPEN_GRANTS)));
        List<MeasuredOpening> warm = new ArrayList<>();
        for (int round = 0; round < options.pick(2, 3, 6); round++) {
            warm.add(MeasuredOpening.of(remote, clone, OPEN_GRANTS));
        }
        for (int round = 0; round < options.pick(1, 1, 3); round++) {
            Files.delete(clone.resolve("bastion/service-v1"));
            cold.add(MeasuredOpening.of(remote, clone, OPEN_GRANTS));
        }
        MeasuredCommand git = git(remote, options.scratch(), commits);
        String what =
                "a start with %,d commits, %,d environments, %d open".formatted(commits, environments, OPEN_GRANTS);
        String processors = what + ", time of the processors";
        return List.of(
                        ours(what, warm, MeasuredOpening::took, Aims.LONG_HISTORY),
                        Measurement.alternative(what, WITHOUT_INDEX, durations(cold, MeasuredOpening::took)),
                        Measurement.alternative(what, Aims.GIT_LOG, Samples.durations(List.of(git.took()))),
                        ours(processors, warm, MeasuredOpening::processors, Aims.WARM_START),
                        Measurement.alternative(
                                processors, WITHOUT_INDEX, durations(cold, MeasuredOpening::processors)),
                        Measurement.alternative(processors, Aims.GIT_LOG, Samples.durations(List.of(git.processors()))),
                        Measurement.ours("most resident, " + what, peaks(warm), mine(Aims.LONG_HISTORY_MEMORY)),
                        Measurement.alternative("most resident, " + what, WITHOUT_INDEX, peaks(cold)))
                .stream()
                .map(one -> one.smaller(commits < fullCommits || environments < 2_000))
                .toList();
    }

    private Measurement ours(
            String what, List<MeasuredOpening> openings, Function<MeasuredOpening, Duration> figure, Aim aim) {
        return Measurement.ours(what, durations(openings, figure), mine(aim));
    }

    private Aim[] mine(Aim aim) {
        return Optional.of(aim).filter(one -> one.benchmark().equals(name)).stream()
                .toArray(Aim[]::new);
    }

    private static Samples durations(List<MeasuredOpening> openings, Function<MeasuredOpening, Duration> figure) {
        return Samples.durations(openings.stream().map(figure).toList());
    }

    private static Samples peaks(List<MeasuredOpening> openings) {
        return Samples.bytes(
                openings.stream().mapToLong(MeasuredOpening::peakBytes).toArray());
    }

    private static MeasuredCommand git(Path remote, Path scratch, int commits)
            throws IOException, InterruptedException {
        return MeasuredCommand.run(
                List.of("git", "-C", remote.toString(), "log", "--first-parent", "--format=%(trailers)", "main"),
                scratch.resolve("log"),
                commits);
    }
}
