package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.ledger.entry.CommitMessageParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Inputs that are made to be read slowly, beside a quarter of each: linear time takes four times as long for four times the
 * input, quadratic time sixteen times.
 */
final class GrowthBenchmark implements Benchmark {
    private static final HclPath TARGET = HclPath.of("inputs.deploy_bastion");

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String question() {
        return "does four times the hostile input take more than four times as long?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        int size = options.pick(5_000, 25_000, 100_000);
        List<Measurement> measurements = new ArrayList<>();
        for (var file : files().entrySet()) {
            measurements.addAll(compare(file.getKey(), size, file.getValue(), GrowthBenchmark::locate));
        }
        measurements.addAll(compare(
                "a trailer with continuation lines",
                size,
                count -> "subject\n\nReason: x\n" + " x\n".repeat(count),
                GrowthBenchmark::parse));
        return measurements;
    }

    private static Map<String, IntFunction<String>> files() {
        Map<String, IntFunction<String>> files = new LinkedHashMap<>();
        files.put("heredocs without an end", count -> "y = <<A\n".repeat(count));
        files.put("a long heredoc marker", count -> "y = <<" + "A".repeat(count) + "\n" + "\n".repeat(count));
        files.put("strings without an end", count -> "y = \"${".repeat(count));
        files.put("templates in templates", count -> "y = " + "\"${".repeat(count) + "1" + "}\"".repeat(count));
        files.put("objects in objects", count -> "inputs = " + "{ a = ".repeat(count) + "1" + "}".repeat(count));
        files.put("blocks of the same name", count -> "inputs {\n}\n".repeat(count));
        return files;
    }

    @FunctionalInterface
    private interface Reading {
        void read(String text);
    }

    private static List<Measurement> compare(String what, int size, IntFunction<String> input, Reading reading)
            throws Exception {
        String whole = input.apply(4 * size);
        String quarter = input.apply(size);
        return List.of(
                Measurement.ours(what, Samples.timed(10, 21, () -> reading.read(whole)), Aims.HOSTILE_GROWTH),
                Measurement.alternative(what, Aims.QUARTER, Samples.timed(10, 21, () -> reading.read(quarter))));
    }

    private static void locate(String text) {
        HclFile file = HclFile.parse("terragrunt.hcl", text.getBytes(StandardCharsets.UTF_8));
        if (file.locate(TARGET) instanceof Location.Found) {
            throw new IllegalStateException("found what is not there");
        }
    }

    private static void parse(String message) {
        if (CommitMessageParser.read(message).isPresent()) {
            throw new IllegalStateException("found an entry that is not there");
        }
    }
}
