package dev.bastion.cli;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.status.CommitStatuses;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The reporter of a CI run as a GitHub commit status. An apply posts it on the commit that last changed the environment
 * file, and on the commit that started the run, where the service reads it: that may be an earlier one, since a run applies
 * the branch as it is at its turn, or a merge. A plan posts it on the pull request's head, where approvers read it.
 */
final class GithubStatusReporter implements OutcomeReporter {
    private final CommitStatuses statuses;
    private final CommitStatuses.Subject subject;
    private final Function<Optional<CommitId>, List<CommitId>> commits;
    private final Optional<URI> run;

    /** @param commits where to post, by the commit that last changed the environment file */
    private GithubStatusReporter(
            CommitStatuses statuses,
            CommitStatuses.Subject subject,
            Function<Optional<CommitId>, List<CommitId>> commits,
            Optional<URI> run) {
        this.statuses = statuses;
        this.subject = subject;
        this.commits = commits;
        this.run = run;
    }

    /** The reporter for applies; reports nothing outside a GitHub Actions job or without a token. */
    static OutcomeReporter forApply(Map<String, String> environment) {
        Optional<CommitId> startedBy = Optional.of(new GithubJob(environment).variable("GITHUB_SHA"))
                .filter(sha -> !sha.isEmpty())
                .map(CommitId::new);
        return of(
                CommitStatuses.Subject.APPLY,
                changed -> Stream.concat(changed.stream(), startedBy.stream())
                        .distinct()
                        .toList(),
                environment);
    }

    /** The reporter for plans of this head; reports nothing outside a GitHub Actions job or without a token. */
    static OutcomeReporter forPlan(CommitId head, Map<String, String> environment) {
        return of(CommitStatuses.Subject.PLAN, _ -> List.of(head), environment);
    }

    private static OutcomeReporter of(
            CommitStatuses.Subject subject,
            Function<Optional<CommitId>, List<CommitId>> commits,
            Map<String, String> environment) {
        GithubJob job = new GithubJob(environment);
        return job.client()
                .<OutcomeReporter>map(github ->
                        new GithubStatusReporter(new CommitStatuses(github, subject), subject, commits, job.page()))
                .orElse(OutcomeReporter.NONE);
    }

    @Override
    public void started(String environment, Optional<String> commit) {
        String description = switch (subject) {
            case APPLY -> "applying";
            case PLAN -> "planning";
        };
        post(environment, commit, CommitStatus.State.PENDING, description);
    }

    @Override
    public void succeeded(RunResult result) {
        post(result.environment(), result.commit(), CommitStatus.State.SUCCESS, result.summary());
    }

    @Override
    public void failed(RunResult result) {
        post(result.environment(), result.commit(), CommitStatus.State.FAILURE, failureReason(result));
    }

    private static String failureReason(RunResult result) {
        if (!result.objections().isEmpty()) {
            return "refused: " + String.join("; ", result.objections());
        }
        String step = result.failedStep().map(failed -> failed + ": ").orElse("");
        return step + result.message().orElse(result.summary());
    }

    /** Posts on every commit, also where another one's status is refused. */
    private void post(String environment, Optional<String> commit, CommitStatus.State state, String description) {
        EnvironmentName name = new EnvironmentName(environment);
        List<ObservationFailed> failures = new ArrayList<>();
        for (CommitId id : commits.apply(commit.map(CommitId::new))) {
            try {
                statuses.post(name, id, state, description, run);
            } catch (ObservationFailed refused) {
                failures.add(refused);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
