package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.BenchLedger;
import dev.bastion.benchmarks.subject.HostileRepository;
import dev.bastion.benchmarks.subject.LedgerRemote;
import dev.bastion.benchmarks.subject.MeasuredOpening;
import dev.bastion.ledger.GitGrantLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The start with a new clone of a repository whose branch has commits and files that are made to be read slowly, beside the same
 * repository without them. The grants that are open beside them are found.
 */
final class HostileBenchmark implements Benchmark {
    private static final int OPEN_GRANTS = 20;

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public String question() {
        return "how long does a start take with hostile files and commits on the branch, and how much memory?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int rounds = options.pick(1, 3, 10);
        LedgerRemote remote = LedgerRemote.create(
                options.scratch().resolve("remote.git"), HostileRepository.SPOILT + OPEN_GRANTS, 200, 1_000);
        open(remote, options.scratch().resolve("opener"));
        List<MeasuredOpening> without = openings(remote, options.scratch().resolve("without"), rounds);
        HostileRepository.spoil(remote);
        List<MeasuredOpening> hostile = openings(remote, options.scratch().resolve("hostile"), rounds);
        String what = "a start with a new clone of a hostile repository";
        return List.of(
                Measurement.ours(what, took(hostile), Aims.HOSTILE_READ),
                Measurement.alternative(what, Aims.WITHOUT_HOSTILE, took(without)),
                Measurement.ours("most resident, " + what, peaks(hostile), Aims.HOSTILE_MEMORY),
                Measurement.alternative("most resident, " + what, Aims.WITHOUT_HOSTILE, peaks(without)));
    }

    private static void open(LedgerRemote remote, Path clone) {
        try (GitGrantLedger ledger = BenchLedger.opened(remote.url(), clone)) {
            for (int number = 0; number < OPEN_GRANTS; number++) {
                BenchLedger.written(ledger.record(
                        BenchLedger.open(LedgerRemote.name(HostileRepository.SPOILT + number), "open " + number)));
            }
        }
    }

    private static List<MeasuredOpening> openings(LedgerRemote remote, Path clones, int rounds) throws Exception {
        List<MeasuredOpening> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            all.add(MeasuredOpening.of(
                    remote.directory(), clones.resolveSibling(clones.getFileName() + "-" + round), OPEN_GRANTS));
        }
        return all;
    }

    private static Samples took(List<MeasuredOpening> openings) {
        return Samples.durations(openings.stream().map(MeasuredOpening::took).toList());
    }

    private static Samples peaks(List<MeasuredOpening> openings) {
        return Samples.bytes(
                openings.stream().mapToLong(MeasuredOpening::peakBytes).toArray());
    }
}
