package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.AimTable;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.BenchRun;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Comparison;
import dev.bastion.benchmarks.report.FiguresSection;
import dev.bastion.benchmarks.report.Machine;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Report;
import dev.bastion.benchmarks.report.Size;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of the benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures this project and the alternatives, and says which aims are reached: min, median, p99, and"
                        + " the ratio of the medians.",
        footer = {
            "Exit codes: 0 measured, 1 a benchmark failed, 2 usage, 3 a figure is worse than that of --compare.",
            "A missed aim is no failure."
        })
final class BenchMain implements Callable<Integer> {
    private static final int WORSE = 3;

    private final List<Benchmark> all;
    private final List<Aim> aims;
    private final InstantSource clock;
    private final PrintStream out;

    @Parameters(paramLabel = "NAME", description = "The benchmarks to run. Default: all.")
    private List<String> names = List.of();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description =
                    "How much work: small shows that a benchmark works, usual takes minutes, full is the size of the"
                            + " aims and takes hours (default: ${DEFAULT-VALUE}).")
    private Size size = Size.USUAL;

    @Option(
            names = "--commits",
            paramLabel = "COUNT",
            description =
                    "The length of the history of the benchmarks audit, open and long-history, whatever the size.")
    private Optional<Integer> commits = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the results to this file, as JSON (default: ${DEFAULT-VALUE}).")
    private Path json = Path.of("bench.json");

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Print the ratio of each figure to that of an earlier run's JSON, and mark what became worse"
                    + " beyond noise.")
    private Optional<Path> earlier = Optional.empty();

    @Option(
            names = "--publish",
            paramLabel = "FILE",
            description = "Replace the section Figures of this Markdown document, the last one, by the aims and their"
                    + " figures.")
    private Optional<Path> published = Optional.empty();

    @Option(
            names = "--image",
            paramLabel = "DIRECTORY",
            description =
                    "The service as docker/link.sh linked it. Without it, the first benchmark that needs it links it.")
    private Optional<Path> image = Optional.empty();

    @Option(names = "--list", description = "List the benchmarks.")
    private boolean list;

    BenchMain(List<Benchmark> all, List<Aim> aims, InstantSource clock, PrintStream out) {
        this.all = all;
        this.aims = aims;
        this.clock = clock;
        this.out = out;
    }

    public static void main(String[] arguments) {
        InstantSource clock = InstantSource.system();
        System.exit(commandLine(new BenchMain(benchmarks(clock), Aims.all(), clock, System.out))
                .execute(arguments));
    }

    static CommandLine commandLine(BenchMain main) {
        return new CommandLine(main).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** All benchmarks, in the order they run. */
    static List<Benchmark> benchmarks(InstantSource clock) {
        return List.of(
                new HclBenchmark(),
                new GrowthBenchmark(),
                new LedgerBenchmark(),
                new AuditBenchmark(),
                OpenBenchmark.ofUsualHistory(),
                OpenBenchmark.ofLongHistory(),
                new BurstBenchmark(),
                new BusyBenchmark(),
                new ExpiryBenchmark(clock),
                new HostileBenchmark(),
                new BulkheadBenchmark(clock),
                new CommandBenchmark(clock),
                new ApplyBenchmark(clock),
                new StartBenchmark(),
                new MemoryBenchmark(),
                new IdleBenchmark(clock));
    }

    @Override
    public Integer call() throws IOException {
        Optional<String> unknown =
                names.stream().filter(name -> named(name).isEmpty()).findFirst();
        if (unknown.isPresent() || list) {
            unknown.ifPresent(name -> out.println("there is no benchmark " + name + "; the benchmarks are:"));
            all.forEach(one -> out.println(one.name() + ": " + one.question()));
            return unknown.isPresent() ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.OK;
        }
        Optional<BenchRun> before;
        try {
            before = earlier.isPresent() ? Optional.of(BenchRun.read(earlier.get())) : Optional.empty();
            if (published.isPresent()) {
                FiguresSection.requireIn(published.get());
            }
        } catch (IOException e) {
            out.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        return measure(before);
    }

    private int measure(Optional<BenchRun> before) throws IOException {
        Machine machine = Machine.now(clock.instant());
        Map<String, List<Measurement>> found = new LinkedHashMap<>();
        List<Benchmark> chosen = all.stream()
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .toList();
        Path shared = Files.createTempDirectory("bench");
        try {
            Path linked = image.map(Path::toAbsolutePath).orElse(shared.resolve("image"));
            for (Benchmark benchmark : chosen) {
                measure(benchmark, linked, found);
                BenchRun.of(machine, found).write(json); // a run of hours may be cut short
            }
        } finally {
            delete(shared);
        }
        BenchRun run = BenchRun.of(machine, found);
        if (published.isPresent()) {
            FiguresSection.replace(published.get(), machine, aims, found);
        }
        out.print(AimTable.of(
                aims.stream()
                        .filter(aim -> names.isEmpty() || names.contains(aim.benchmark()))
                        .toList(),
                found));
        Optional<Comparison> comparison = before.map(old -> new Comparison(old, run));
        comparison.ifPresent(one -> out.print(one.text()));
        out.println("\nResults as JSON: " + json.toAbsolutePath());
        if (found.size() < chosen.size()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        return comparison.filter(Comparison::isWorse).isPresent() ? WORSE : CommandLine.ExitCode.OK;
    }

    /** Runs one benchmark; the others run whether it succeeds or not. */
    @SuppressWarnings("CatchAndPrintStackTrace") // the trace is what a reader of the output needs
    private void measure(Benchmark benchmark, Path linked, Map<String, List<Measurement>> found) throws IOException {
        Path scratch = Files.createTempDirectory("bench-" + benchmark.name());
        try {
            List<Measurement> measured = benchmark.run(new BenchOptions(size, commits, scratch, linked));
            found.put(benchmark.name(), measured);
            out.print(Report.of(benchmark, measured));
        } catch (Exception failure) {
            out.println("\n" + benchmark.name() + ": FAILED: " + failure);
            failure.printStackTrace(out);
        } finally {
            delete(scratch);
        }
    }

    private Optional<Benchmark> named(@Nullable String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(BenchMain::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
