package dev.bastion.cli;

import dev.bastion.apply.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bastion apply}, which CI runs on every push: for what it changed, or for one environment. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Brings environments to the state in their files: plan, guard, apply, verify, report."
                + " With DIR one environment, as it is checked out. With --changed those that a push changed and those"
                + " that earlier runs left, at the branch's head, closings first.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or configuration", "3:refused by the guard"})
final class ApplyCommand implements Callable<Integer> {
    private final InstantSource clock;
    private final Map<String, String> environment;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ChangedOptions changed = new ChangedOptions();

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "The branch that is applied. With --changed its head, as origin has it now. With DIR an"
                    + " environment that differs on origin's newer commit of it is left to that commit's run"
                    + " (default: $GITHUB_REF_NAME).")
    private @Nullable String branch;

    ApplyCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (options.directory().isPresent() == changed.isAsked()) {
            throw options.wrongSelection();
        }
        return options.directory().isPresent() ? one(options.directory().get()) : many();
    }

    private Optional<String> branch() {
        return Optional.ofNullable(branch).or(() -> Optional.ofNullable(environment.get("GITHUB_REF_NAME")));
    }

    private int one(Path directory) throws IOException {
        RunResult result = options.run(
                clock,
                environment,
                GithubStatusReporter.forApply(environment),
                (runner, _) -> runner.apply(options.request(directory, Optional.empty(), Optional.empty(), branch())));
        options.writeResult(result.json());
        return result.outcome().exitCode();
    }

    private int many() throws IOException {
        return new ApplyChangedRun(clock, environment, options, changed, branch()).call();
    }
}
