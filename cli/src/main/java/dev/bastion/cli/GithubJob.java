package dev.bastion.cli;

import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The job of GitHub Actions that runs this process, by the variables that GitHub sets for every job.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/variables">Variables reference</a>
 */
record GithubJob(Map<String, String> variables) {
    GithubJob {
        variables = Map.copyOf(variables);
    }

    /** A client with the job's token; empty outside a job or without a token. */
    Optional<GithubClient> client() {
        if (Stream.of("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")
                .anyMatch(name -> variable(name).isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new GithubClient(new GithubSettings(
                URI.create(variable("GITHUB_API_URL")),
                variable("GITHUB_REPOSITORY"),
                new GithubCredentials.Token(variable("GITHUB_TOKEN")),
                GithubSettings.USUAL_PATIENCE)));
    }

    /** The page of the run. */
    Optional<URI> page() {
        String server = variable("GITHUB_SERVER_URL");
        String run = variable("GITHUB_RUN_ID");
        return server.isEmpty() || run.isEmpty()
                ? Optional.empty()
                : Optional.of(URI.create(server + "/" + variable("GITHUB_REPOSITORY") + "/actions/runs/" + run));
    }

    /** A variable; empty text when it is not set. */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }
}
