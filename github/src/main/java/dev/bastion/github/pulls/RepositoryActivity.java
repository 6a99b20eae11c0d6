package dev.bastion.github.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests.HeadPush;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * GitHub's record of who moved which branch ({@code GET /repos/{owner}/{repo}/activity}); github-api does not have it. A
 * fork's head is asked of the fork.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/repos#list-repository-activities">List repository activities</a>
 */
final class RepositoryActivity {
    private static final Set<String> MOVES =
            Set.of("push", "force_push", "branch_creation", "pr_merge", "merge_queue_merge");
    /** What GitHub answers where the token may not read it, the repository is gone, or the server is too old. */
    private static final Set<Integer> NOT_SAID = Set.of(403, 404, 410, 422);

    private final GithubClient github;

    RepositoryActivity(GithubClient github) {
        this.github = github;
    }

    /** The last 100 moves of the pull request's branch, the latest first; empty when GitHub does not say. */
    List<HeadPush> pushes(PullRequest pull) throws IOException {
        try {
            String repository = pull.fromHere() ? github.repository().getFullName() : repositoryOfHead(pull.number());
            return repository.isEmpty() ? List.of() : pushes(repository, pull.branch());
        } catch (GithubRejected e) {
            if (NOT_SAID.contains(e.status())) {
                return List.of();
            }
            throw e;
        }
    }

    private List<HeadPush> pushes(String repository, String branch) throws IOException {
        return github
                .rest()
                .listOf(
                        repository,
                        JsonNode[].class,
                        Map.of("ref", "refs/heads/" + branch, "direction", "desc"),
                        _ -> true,
                        "activity")
                .stream()
                .filter(move -> move.path("ref").asText().equals("refs/heads/" + branch))
                .filter(move -> MOVES.contains(move.path("activity_type").asText()))
                .filter(move -> move.path("actor").hasNonNull("login"))
                .map(move -> new HeadPush(
                        move.path("actor").path("login").asText(),
                        new CommitId(move.path("after").asText())))
                .toList();
    }

    /** Empty where the fork was deleted. */
    private String repositoryOfHead(int number) throws IOException {
        return github.rest()
                .get("pulls", Integer.toString(number))
                .path("head")
                .path("repo")
                .path("full_name")
                .asText("");
    }
}
