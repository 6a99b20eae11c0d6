package dev.bastion.cli;

import dev.bastion.apply.ApplyEnvironment;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
                ApplyEnvironment::apply);
    }
}
