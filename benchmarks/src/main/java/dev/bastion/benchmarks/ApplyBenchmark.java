package dev.bastion.benchmarks;

import dev.bastion.benchmarks.report.Aim;
import dev.bastion.benchmarks.report.BenchOptions;
import dev.bastion.benchmarks.report.Benchmark;
import dev.bastion.benchmarks.report.Measurement;
import dev.bastion.benchmarks.report.Samples;
import dev.bastion.benchmarks.subject.ServiceWorld;
import dev.bastion.benchmarks.terraform.BastionStack;
import dev.bastion.benchmarks.terraform.CountedApply;
import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import dev.bastion.sandbox.emulator.Prerequisites;
import dev.bastion.sandbox.emulator.Terraform;
import dev.bastion.sandbox.world.Toolbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What Terraform does at an opening and at a closing, counted on the AWS emulator, beside the same module with standing rules and
 * without its standing skeleton: that is what earlier modules made at each opening.
 */
final class ApplyBenchmark implements Benchmark {
    private static final String REGION = "eu-west-1";
    private static final String OURS = "";
    private static final List<Variant> VARIANTS = List.of(
            new Variant(OURS, ""),
            new Variant("with standing rules", "  standing_rules = true\n"),
            new Variant("without the standing skeleton", "  standing = false\n"));

    private final InstantSource clock;

    ApplyBenchmark(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public String question() {
        return "what do an opening and a closing do in AWS, and how long does Terraform take?";
    }

    /** @param setting a line of the module's block */
    private record Variant(String label, String setting) {}

    private record Counted(String label, List<CountedApply> openings, List<CountedApply> closings) {}

    @Override
    public List<Measurement> run(BenchOptions options) throws Exception {
        Toolbox tools = Toolbox.find(System.getenv());
        Path modules = ServiceWorld.home().resolve("terraform-modules");
        AwsEmulatorSettings settings = new AwsEmulatorSettings(
                tools.python(), options.scratch().resolve("aws"), REGION, Duration.ofSeconds(1), false, false);
        List<Counted> counted = new ArrayList<>();
        try (AwsEmulator emulator = AwsEmulator.start(settings)) {
            Terraform terraform = Terraform.configured(options.scratch(), tools.mirror(), emulator.environment());
            Prerequisites network = Prerequisites.apply(
                    terraform,
                    modules.resolve("prerequisites"),
                    REGION,
                    options.scratch().resolve("network"));
            for (Variant variant : VARIANTS) {
                Path folder = options.scratch().resolve("variant-" + counted.size());
                BastionStack stack =
                        new BastionStack(terraform, folder, modules.resolve("bastion"), network, variant.setting());
                counted.add(count(variant.label(), stack, options.pick(1, 1, 5)));
            }
        }
        List<Measurement> all = new ArrayList<>();
        for (String step : List.of("opening", "closing")) {
            addAll(step, counted, all);
        }
        return all;
    }

    private Counted count(String label, BastionStack stack, int rounds) throws Exception {
        Counted counted = new Counted(label, new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            counted.openings().add(stack.open(clock.instant()));
            counted.closings().add(stack.close());
        }
        return counted;
    }

    private static void addAll(String step, List<Counted> counted, List<Measurement> all) {
        for (Counted each : counted) {
            add(step + ": resources", step, each, CountedApply::resources, all);
        }
        for (Counted each : counted) {
            add(step + ": calls to AWS", step, each, CountedApply::calls, all);
        }
        for (Counted each : counted) {
            add(step + ": calls of the plan", step, each, CountedApply::planCalls, all);
        }
        for (Counted each : counted) {
            add(step + ": longest chain of calls", step, each, CountedApply::chain, all);
        }
        for (Counted each : counted) {
            Aim none = step.equals("opening") ? Aims.OPENING_IAM : Aims.CLOSING_IAM;
            add(step + ": writes to IAM", step, each, CountedApply::iamWrites, all, none);
        }
        for (Counted each : counted) {
            Samples samples = Samples.durations(
                    of(step, each).stream().map(CountedApply::took).toList());
            all.add(measurement(step + ": Terraform", each.label(), samples));
        }
    }

    private static void add(
            String what,
            String step,
            Counted each,
            ToLongFunction<CountedApply> figure,
            List<Measurement> all,
            Aim... aims) {
        Samples samples =
                Samples.counts(of(step, each).stream().mapToLong(figure).toArray());
        all.add(measurement(what, each.label(), samples, aims));
    }

    private static List<CountedApply> of(String step, Counted each) {
        return step.equals("opening") ? each.openings() : each.closings();
    }

    private static Measurement measurement(String what, String label, Samples samples, Aim... aims) {
        return label.equals(OURS)
                ? Measurement.ours(what, samples, aims)
                : Measurement.alternative(what, label, samples);
    }
}
