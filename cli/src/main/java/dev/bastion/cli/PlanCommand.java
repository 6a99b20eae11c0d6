package dev.bastion.cli;

import dev.bastion.access.grant.CommitId;
import dev.bastion.apply.ApplyEnvironment;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.terraform.GracefulShutdown;
import dev.bastion.apply.terraform.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bastion plan DIR}: what an apply would do, and whether it would be refused. Changes nothing. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Says what applying an environment would do, and whether it would be refused.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or configuration", "3:refused by the guard"})
final class PlanCommand implements Callable<Integer> {
    private final InstantSource clock;
    private final Map<String, String> environment;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            converter = RunOptions.NewFile.class,
            description = "Where to write the plan as a comment for a pull request.")
    private @Nullable Path markdown;

    @Option(
            names = "--commit",
            paramLabel = "SHA",
            description =
                    "The pull request's head, 40 hexadecimal digits: the status bastion/plan/<environment> is put on"
                            + " it, as the GITHUB_ variables of a job and GITHUB_TOKEN say where. Without it nobody is told.")
    private Optional<CommitId> commit = Optional.empty();

    PlanCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        Progress progress = System.out::println;
        try (GracefulShutdown stop = GracefulShutdown.install();
                BackgroundReporter forge =
                        new BackgroundReporter(reporter(), progress, BackgroundReporter.USUAL_PATIENCE)) {
            RunResult result = new ApplyEnvironment(
                            Tools.find(environment), clock, progress, forge, stop.shutdown())
                    .plan(options.request());
            options.write(result);
            if (markdown != null) {
                Files.writeString(markdown, result.markdown());
            }
            return result.outcome().exitCode();
        }
    }

    private OutcomeReporter reporter() {
        return commit.map(head -> GithubStatusReporter.ofPlans(head, environment))
                .orElse(OutcomeReporter.NONE);
    }
}
