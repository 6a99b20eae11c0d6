package dev.bastion.cli;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.apply.ChangedEnvironments;
import dev.bastion.apply.ChangedEnvironments.Changes;
import dev.bastion.apply.ChangedResult;
import dev.bastion.apply.ParallelRuns;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.Redaction;
import dev.bastion.cli.option.FaultExit;
import dev.bastion.github.pulls.PullRequestComments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The run of {@code bastion plan --changed}: plans what a pull request changes, one after the other, and shows the plans. */
final class PlanChangedRun {
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final RunOptions options;
    private final Optional<Integer> pullRequest;
    private final Optional<Path> summary;
    private final Progress progress;

    PlanChangedRun(
            InstantSource clock,
            Map<String, String> environment,
            RunOptions options,
            Optional<Integer> pullRequest,
            Optional<Path> summary) {
        this.clock = clock;
        this.environment = environment;
        this.options = options;
        this.pullRequest = pullRequest;
        this.summary = summary;
        Redaction redaction = Redaction.of(environment);
        this.progress = line -> System.out.println(redaction.text(line));
    }

    /**
     * Runs, and returns the exit code.
     *
     * @param range {@code OLD...NEW}
     */
    int call(String range) throws IOException {
        return FaultExit.of(progress::say, () -> run(range));
    }

    private int run(String range) throws IOException {
        ChangedEnvironments clone = new ChangedEnvironments(Path.of("."), environment, options.layout());
        Changes changes = clone.in(range);
        changes.notes().forEach(progress::say);
        String head = clone.commit(range.substring(range.lastIndexOf("..") + 2));
        ChangedResult result = plan(clone.top(), head, changes);
        progress.say(result.summary());
        options.writeResult(result.json());
        boolean isShown = show(result);
        return result.exitCode() == 0 && !isShown ? 1 : result.exitCode();
    }

    private ChangedResult plan(Path top, String head, Changes changes) throws IOException {
        return options.run(
                clock,
                environment,
                GithubStatusReporter.forPlan(new CommitId(head), environment),
                (runner, shutdown) -> new ParallelRuns(clock, progress, shutdown, 1)
                        .run(
                                head,
                                changes.all(),
                                (_, each) -> runner.prefixed("[" + each.environment() + "] ")
                                        .plan(options.request(
                                                top.resolve(each.directory()),
                                                Optional.empty(),
                                                Optional.of(head),
                                                Optional.empty()))));
    }

    /** Shows the plans where they are asked for; false when a comment could not be written. */
    private boolean show(ChangedResult result) throws IOException {
        if (summary.isPresent()) {
            String plans = result.results().stream().map(RunResult::markdown).collect(Collectors.joining("\n"));
            Files.writeString(summary.get(), plans, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        if (pullRequest.isEmpty()) {
            return true;
        }
        PullRequestComments comments = new PullRequestComments(new GithubJob(environment)
                .client()
                .orElseThrow(() -> new InvalidConfiguration(
                        "--pull-request needs GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN")));
        try {
            result.results()
                    .forEach(each ->
                            comments.put(pullRequest.get(), "bastion plan " + each.environment(), each.markdown()));
            return true;
        } catch (ObservationFailed e) {
            progress.say("the plans could not be shown on the pull request: "
                    + Progress.oneLine(String.valueOf(e.getMessage())));
            return false;
        }
    }
}
