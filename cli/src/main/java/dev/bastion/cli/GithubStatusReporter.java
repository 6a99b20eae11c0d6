package dev.bastion.cli;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.status.CommitStatuses;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the forge how a run in CI goes, as a status of a commit: of an apply, the one that last touched the environment
 * file, where the service reads it; of a plan, the head of the pull request, where approvers do. Configured by the variables that GitHub Actions sets for every job.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/variables">Variables reference</a>
 */
final class GithubStatusReporter implements OutcomeReporter {
    private final CommitStatuses statuses;
    private final CommitStatuses.Subject subject;
    private final Optional<CommitId> head;
    private final Optional<URI> run;

    private GithubStatusReporter(
            CommitStatuses statuses, CommitStatuses.Subject subject, Optional<CommitId> head, Optional<URI> run) {
        this.statuses = statuses;
        this.subject = subject;
        this.head = head;
        this.run = run;
    }

    /** Of applies; nobody where this is no CI job of GitHub's or it was given no token. */
    static OutcomeReporter configuredBy(Map<String, String> environment) {
        return of(CommitStatuses.Subject.APPLY, Optional.empty(), environment);
    }

    /** Of plans for this head; nobody where this is no CI job of GitHub's or it was given no token. */
    static OutcomeReporter ofPlans(CommitId head, Map<String, String> environment) {
        return of(CommitStatuses.Subject.PLAN, Optional.of(head), environment);
    }

    private static OutcomeReporter of(
            CommitStatuses.Subject subject, Optional<CommitId> head, Map<String, String> environment) {
        if (Stream.of("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")
                .anyMatch(name -> environment.getOrDefault(name, "").isEmpty())) {
            return OutcomeReporter.NONE;
        }
        GithubSettings settings = new GithubSettings(
                URI.create(required(environment, "GITHUB_API_URL")),
                required(environment, "GITHUB_REPOSITORY"),
                new GithubCredentials.Token(required(environment, "GITHUB_TOKEN")),
                Optional.empty(),
                GithubSettings.USUAL_PATIENCE);
        return new GithubStatusReporter(new CommitStatuses(settings, subject), subject, head, runPage(environment));
    }

    private static String required(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "");
    }

    private static Optional<URI> runPage(Map<String, String> environment) {
        String server = environment.getOrDefault("GITHUB_SERVER_URL", "");
        String run = environment.getOrDefault("GITHUB_RUN_ID", "");
        return server.isEmpty() || run.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        URI.create(server + "/" + required(environment, "GITHUB_REPOSITORY") + "/actions/runs/" + run));
    }

    @Override
    public void started(String environment, Optional<String> commit) {
        String doing = switch (subject) {
            case APPLY -> "applying";
            case PLAN -> "planning";
        };
        post(environment, commit, CommitStatuses.State.PENDING, doing);
    }

    @Override
    public void succeeded(RunResult result) {
        post(result.environment(), result.commit(), CommitStatuses.State.SUCCESS, result.summary());
    }

    @Override
    public void failed(RunResult result) {
        post(result.environment(), result.commit(), CommitStatuses.State.FAILURE, why(result));
    }

    private static String why(RunResult result) {
        if (!result.objections().isEmpty()) {
            return "refused: " + String.join("; ", result.objections());
        }
        String step = result.failedStep().map(failed -> failed + ": ").orElse("");
        return step + result.message().orElse(result.summary());
    }

    private void post(String environment, Optional<String> commit, CommitStatuses.State state, String description) {
        head.or(() -> commit.map(CommitId::new))
                .ifPresent(id -> statuses.post(new EnvironmentName(environment), id, state, description, run));
    }
}
