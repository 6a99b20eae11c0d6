package dev.bastion.apply.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.apply.plan.PlanDocument;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.StepFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Terraform commands of one environment, for both drivers. Only saved plans are applied. */
public final class Terraform {
    private static final int CHANGES = 2;

    private final Command command;
    private final CommandRunner runner;
    private final Progress progress;

    public Terraform(Command command, CommandRunner runner, Progress progress) {
        this.command = command;
        this.runner = runner;
        this.progress = progress;
    }

    /** @param locked whether a lock file pins the providers; init then leaves it unchanged */
    public void init(boolean locked) {
        List<String> output = new ArrayList<>();
        Command init = command.with("init", "-input=false", "-no-color");
        int code = runner.run(locked ? init.with("-lockfile=readonly") : init, output::add, output::add);
        if (code != 0) {
            output.forEach(line -> progress.say("  " + Progress.oneLine(line)));
            throw new StepFailed("terraform init failed: " + errorOf(output));
        }
    }

    /** Saves a plan and returns whether it has changes. */
    public boolean plan(Path file, Duration lockTimeout) {
        TerraformEvents events = new TerraformEvents(progress, false);
        int code = run(
                events, "plan", "-json", "-input=false", "-detailed-exitcode", timeout(lockTimeout), "-out=" + file);
        if (code != 0 && code != CHANGES) {
            throw failed("plan", code, events);
        }
        return code == CHANGES;
    }

    public PlanDocument show(Path file) {
        return PlanDocument.parse(output("show", "-json", file.toString()));
    }

    /** Applies a saved plan and returns the outputs that are not sensitive. */
    public Map<String, JsonNode> apply(Path file, Duration lockTimeout) {
        TerraformEvents events = new TerraformEvents(progress, true);
        int code = run(events, "apply", "-json", "-input=false", timeout(lockTimeout), file.toString());
        if (code != 0) {
            throw failed("apply", code, events);
        }
        return events.outputs();
    }

    /** The addresses of all resources in the state. */
    public List<String> addresses() {
        try {
            return output("state", "list")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (StepFailed e) {
            if (String.valueOf(e.getMessage()).contains("No state file was found")) {
                return List.of();
            }
            throw e;
        }
    }

    private int run(TerraformEvents events, String... arguments) {
        return runner.run(command.with(arguments), events::accept, events::acceptError);
    }

    private String output(String... arguments) {
        StringBuilder output = new StringBuilder();
        List<String> errors = new ArrayList<>();
        int code =
                runner.run(command.with(arguments), line -> output.append(line).append('\n'), errors::add);
        if (code != 0) {
            throw new StepFailed("terraform " + arguments[0] + " failed: " + errorOf(errors));
        }
        return output.toString();
    }

    private static StepFailed failed(String step, int code, TerraformEvents events) {
        List<String> errors = events.errors();
        String why = StateLock.remedy(errors)
                .orElse(
                        errors.isEmpty()
                                ? "exit code " + code
                                : errors.stream().limit(3).collect(Collectors.joining(" | ")));
        return new StepFailed("terraform " + step + " failed: " + why);
    }

    /** The error in an output, on one line. */
    private static String errorOf(List<String> output) {
        String all = output.stream()
                .map(line -> line.replaceAll("[│╷╵]", " "))
                .dropWhile(line -> !line.contains("Error:") && output.stream().anyMatch(any -> any.contains("Error:")))
                .collect(Collectors.joining(" "));
        return Progress.oneLine(all.isBlank() ? "Terraform printed no error" : all.replaceAll("\\s+", " "));
    }

    private static String timeout(Duration duration) {
        return "-lock-timeout=" + duration.toSeconds() + "s";
    }
}
