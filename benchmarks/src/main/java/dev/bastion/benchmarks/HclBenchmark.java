package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.OpenRewrite;
import dev.bastion.benchmarks.subject.TerragruntFiles;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NumberLiteral;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One edit of an environment file: parse it, replace one number by its path, render it. Compared with OpenRewrite, the
 * lossless parser for Java, and {@code terraform fmt}, the least that a rewriting tool would start. All begin and end
 * with the text, and the results are checked.
 */
final class HclBenchmark implements Benchmark {
    private static final HclPath TARGET = HclPath.of("inputs.deploy_bastion");

    @Override
    public String name() {
        return "hcl";
    }

    @Override
    public String question() {
        return "how long does one edit of a Terragrunt file take?";
    }

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        for (int lines : List.of(60, 400, 3000)) {
            measurements.addAll(edit(TerragruntFiles.ofLines(lines), options.pick(1, 1, 5)));
        }
        return measurements;
    }

    private static List<Measurement> edit(String file, int rounds) throws Exception {
        String what = "replace a value, %,d lines".formatted(file.lines().count());
        String expected = file.replace("  deploy_bastion        = 0", "  deploy_bastion        = 1");
        OpenRewrite openRewrite = new OpenRewrite("deploy_bastion");
        return List.of(
                Measurement.ours(
                        what,
                        Samples.timed(2000, 2000 * rounds, () -> check(edited(file), expected)),
                        Aims.EDIT_BESIDE_PARSER,
                        Aims.EDIT_BESIDE_TERRAFORM),
                Measurement.alternative(
                        what,
                        Aims.OPEN_REWRITE,
                        Samples.timed(50, 100 * rounds, () -> check(openRewrite.edited(file), expected))),
                Measurement.alternative(
                        what, Aims.TERRAFORM_FMT, Samples.timed(2, 20 * rounds, () -> check(formatted(file), file))));
    }

    private static String edited(String file) {
        HclFile parsed = HclFile.parse("terragrunt.hcl", file.getBytes(StandardCharsets.UTF_8));
        return new String(parsed.replace(TARGET, NumberLiteral.of(1)).bytes(), StandardCharsets.UTF_8);
    }

    private static String formatted(String file) throws IOException, InterruptedException {
        Process terraform = new ProcessBuilder("terraform", "fmt", "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread feeder = Thread.ofVirtual().start(() -> feed(terraform, file));
        String formatted = new String(terraform.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        feeder.join();
        if (terraform.waitFor() != 0) {
            throw new IllegalStateException("terraform fmt exited with " + terraform.exitValue());
        }
        return formatted;
    }

    private static void feed(Process terraform, String file) {
        try (var input = terraform.getOutputStream()) {
            input.write(file.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("terraform fmt did not read its input", e);
        }
    }

    private static void check(String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new IllegalStateException("the edit came out wrong:\n" + actual);
        }
    }
}
