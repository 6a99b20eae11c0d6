package dev.bastion.cli;

import dev.bastion.access.grant.CommitId;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
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

/**
 * The command {@code bastion plan}: the changes that an apply would make, and the guard's objections, of one environment or
 * of those that a pull request changes. Changes nothing.
 */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Shows what applying environments would change, and whether the guard would refuse it. Changes nothing.",
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
            converter = RunOptions.WritableFile.class,
            description = "Write the plan to this file, as a Markdown comment for a pull request.")
    private @Nullable Path markdown;

    @Option(
            names = "--commit",
            paramLabel = "SHA",
            description = "The head of the pull request, 40 hexadecimal digits. The command posts the commit status"
                    + " bastion/plan/<environment> on it, using GITHUB_TOKEN and the GITHUB_ variables of the job."
                    + " Without this option it posts no status.")
    private Optional<CommitId> commit = Optional.empty();

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description =
                    "The commit of the environment's own files, like the head of a pull request, which need not be"
                            + " checked out. root.hcl and modules are always those of the checked-out commit.")
    private Optional<String> revision = Optional.empty();

    @Option(
            names = "--changed",
            paramLabel = "OLD...NEW",
            description = "Plan every environment that NEW changed since it left OLD, like HEAD...origin/my-branch. The"
                    + " environments' own files are NEW's, and statuses are posted on it.")
    private @Nullable String changed;

    @Option(
            names = "--pull-request",
            paramLabel = "NUMBER",
            description = "With --changed: show each plan in a comment on this pull request, one for each environment,"
                    + " using GITHUB_TOKEN and the GITHUB_ variables of the job.")
    private @Nullable Integer pullRequest;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            defaultValue = "${env:GITHUB_STEP_SUMMARY}",
            description = "With --changed: add the plans to this file, as Markdown (default: $GITHUB_STEP_SUMMARY).")
    private @Nullable Path summary;

    PlanCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (options.directory().isPresent() == (changed != null)) {
            throw options.wrongSelection();
        }
        return changed == null ? one(options.directory().orElseThrow()) : many(changed);
    }

    private int one(Path directory) throws IOException {
        RunResult result = options.run(
                clock,
                environment,
                reporter(),
                (runner, _) -> runner.plan(options.request(directory, Optional.empty(), revision, Optional.empty())));
        if (markdown != null) {
            Files.writeString(markdown, result.markdown());
        }
        options.writeResult(result.json());
        return result.outcome().exitCode();
    }

    private OutcomeReporter reporter() {
        return commit.map(head -> GithubStatusReporter.forPlan(head, environment))
                .orElse(OutcomeReporter.NONE);
    }

    private int many(String range) throws IOException {
        return new PlanChangedRun(
                        clock, environment, options, Optional.ofNullable(pullRequest), Optional.ofNullable(summary))
                .call(range);
    }
}
