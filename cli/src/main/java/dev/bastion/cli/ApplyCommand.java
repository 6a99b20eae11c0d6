package dev.bastion.cli;

import dev.bastion.apply.ApplyEnvironment;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bastion apply DIR}, which CI runs for each environment that a push changed. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Brings one environment to the state in its file: plan, guard, apply, verify, report.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or configuration", "3:refused by the guard"})
final class ApplyCommand implements Callable<Integer> {
    private final InstantSource clock;
    private final Map<String, String> environment;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description =
                    "The branch that is applied: an environment that differs on origin's newer commit of it is left to"
                            + " that commit's run (default: $GITHUB_REF_NAME).")
    private @Nullable String branch;

    ApplyCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        return options.run(
                clock,
                environment,
                GithubStatusReporter.forApply(environment),
                Optional.empty(),
                Optional.ofNullable(branch).or(() -> Optional.ofNullable(environment.get("GITHUB_REF_NAME"))),
                ApplyEnvironment::apply);
    }
}
