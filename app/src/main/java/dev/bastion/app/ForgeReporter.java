package dev.bastion.app;

import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.ledger.github.CommitStatuses;
import dev.bastion.ledger.github.GithubCredentials;
import dev.bastion.ledger.github.GithubSettings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the forge how a run in CI goes, as a status of the commit that last touched the environment file: the service reads
 * it there. Configured by the variables that GitHub Actions sets for every job.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/variables">Variables reference</a>
 */
final class ForgeReporter implements OutcomeReporter {
    private final CommitStatuses statuses;
    private final Optional<URI> run;

    private ForgeReporter(CommitStatuses statuses, Optional<URI> run) {
        this.statuses = statuses;
        this.run = run;
    }

    /** A reporter, or nobody where this is no CI job of GitHub's or it was given no token. */
    static OutcomeReporter configuredBy(Map<String, String> environment) {
        if (Stream.of("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")
                .anyMatch(name -> environment.getOrDefault(name, "").isEmpty())) {
            return OutcomeReporter.NOBODY;
        }
        GithubSettings settings = new GithubSettings(
                URI.create(required(environment, "GITHUB_API_URL")),
                required(environment, "GITHUB_REPOSITORY"),
                new GithubCredentials.Token(required(environment, "GITHUB_TOKEN")),
                Optional.empty(),
                GithubSettings.USUAL_PATIENCE);
        return new ForgeReporter(new CommitStatuses(settings), runPage(environment));
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
        post(environment, commit, CommitStatuses.State.PENDING, "applying");
    }

    @Override
    public void succeeded(RunResult result) {
        post(result.environment(), result.commit(), CommitStatuses.State.SUCCESS, result.summary());
    }

    @Override
    public void failed(RunResult result) {
        String step = result.failedStep().map(failed -> failed + ": ").orElse("");
        String what = result.message().orElse(result.summary());
        post(result.environment(), result.commit(), CommitStatuses.State.FAILURE, step + what);
    }

    private void post(String environment, Optional<String> commit, CommitStatuses.State state, String description) {
        commit.ifPresent(
                id -> statuses.post(new EnvironmentName(environment), new CommitId(id), state, description, run));
    }
}
