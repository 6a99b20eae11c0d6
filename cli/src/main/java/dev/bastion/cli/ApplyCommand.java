package dev.bastion.cli;

import dev.bastion.apply.ApplyEnvironment;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.terraform.GracefulShutdown;
import dev.bastion.apply.terraform.Tools;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bastion apply DIR}: what CI runs for each environment that a push changed. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Makes one environment what its file says: plan, guard, apply, verify, report.",
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
        Progress progress = System.out::println;
        try (GracefulShutdown stop = GracefulShutdown.install();
                BackgroundReporter forge = new BackgroundReporter(
                        GithubStatusReporter.configuredBy(environment), progress, BackgroundReporter.USUAL_PATIENCE)) {
            RunResult result = new ApplyEnvironment(
                            Tools.find(environment), clock, progress, forge, stop.shutdown())
                    .apply(options.request());
            options.write(result);
            return result.outcome().exitCode();
        }
    }
}
