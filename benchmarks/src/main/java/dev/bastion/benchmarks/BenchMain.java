package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Report;
import dev.bastion.benchmarks.report.ReportJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of the benchmarks. Exit codes: 0 measured, 1 a benchmark failed, 2 usage. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this project and the alternatives: min, median, p99, and the ratio of the medians.")
final class BenchMain implements Callable<Integer> {
    private final List<Benchmark> all;
    private final PrintStream out;

    @Parameters(paramLabel = "NAME", description = "The benchmarks to run. Default: all.")
    private List<String> names = List.of();

    @Option(names = "--full", description = "Run the long form of each benchmark that has one.")
    private boolean full;

    @Option(
            names = "--commits",
            paramLabel = "COUNT",
            description = "The length of the history of the benchmark audit (default: 100000).")
    private Optional<Integer> commits = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the results to this file, as JSON (default: ${DEFAULT-VALUE}).")
    private Path json = Path.of("bench.json");

    @Option(names = "--list", description = "List the benchmarks.")
    private boolean list;

    BenchMain(List<Benchmark> all, PrintStream out) {
        this.all = all;
        this.out = out;
    }

    public static void main(String[] arguments) {
        BenchMain main = new BenchMain(benchmarks(), System.out);
        System.exit(new CommandLine(main).execute(arguments));
    }

    /** All benchmarks, in the order they run. */
    private static List<Benchmark> benchmarks() {
        return List.of(
                new HclBenchmark(),
                new GrowthBenchmark(),
                new LedgerBenchmark(),
                new AuditBenchmark(),
                new OpenBenchmark(),
                new BurstBenchmark(),
                new BusyBenchmark(),
                new ExpiryBenchmark(InstantSource.system()),
                new BulkheadBenchmark(InstantSource.system()),
                new CommandBenchmark(),
                new ApplyBenchmark(InstantSource.system()),
                new StartBenchmark(),
                new MemoryBenchmark());
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
        return measure(all.stream()
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .toList());
    }

    private int measure(List<Benchmark> chosen) throws IOException {
        ReportJson figures = new ReportJson();
        boolean failed = false;
        for (Benchmark benchmark : chosen) {
            failed |= !measure(benchmark, figures);
        }
        figures.write(json);
        out.println("\nResults as JSON: " + json.toAbsolutePath());
        return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    /** Runs one benchmark and returns whether it succeeded; the others run either way. */
    @SuppressWarnings("CatchAndPrintStackTrace") // the trace is what a reader of the output needs
    private boolean measure(Benchmark benchmark, ReportJson figures) throws IOException {
        Path scratch = Files.createTempDirectory("bench-" + benchmark.name());
        try {
            List<Measurement> found = benchmark.run(new BenchOptions(full, commits, scratch));
            figures.add(benchmark, found);
            out.print(Report.of(benchmark, found));
            return true;
        } catch (Exception failure) {
            out.println("\n" + benchmark.name() + ": FAILED: " + failure);
            failure.printStackTrace(out);
            return false;
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
