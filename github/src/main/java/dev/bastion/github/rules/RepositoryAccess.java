package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.ApiCall;
import dev.bastion.github.client.ApiResponse;
import dev.bastion.github.client.GithubAuthentication;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the service's account may do in the repository, and how the repository lets itself be merged into. */
final class RepositoryAccess {
    /** What an app needs, in GitHub's words. */
    private static final Map<String, String> NEEDED =
            new TreeMap<>(Map.of("contents", "write", "pull_requests", "write", "statuses", "write"));

    private final GithubClient calls;
    private final RepositoryPath here;
    private final GithubCredentials credentials;

    RepositoryAccess(GithubClient calls, RepositoryPath here, GithubCredentials credentials) {
        this.calls = calls;
        this.here = here;
        this.credentials = credentials;
    }

    /** The repository, as the service's account sees it. */
    ApiResponse repository() throws IOException {
        return calls.send(ApiCall.get(here.to()));
    }

    List<RepositoryProblem> against(RequiredPermissions use, ApiResponse repository) throws IOException {
        List<RepositoryProblem> problems = new ArrayList<>(permissions(repository));
        JsonNode json = repository.json();
        String settings = here.owner() + "/" + here.name() + ": Settings → General → Pull Requests: ";
        if (use.proposals() && isOff(json, "allow_merge_commit")) {
            problems.add(new RepositoryProblem(
                    "the repository does not allow merge commits, and what others approved is merged as one",
                    settings + "turn on \"Allow merge commits\""));
        }
        if (!use.directly() && isOff(json, "allow_rebase_merge")) {
            problems.add(new RepositoryProblem(
                    "the repository does not allow rebasing, and the service's own pull requests are merged so",
                    settings + "turn on \"Allow rebase merging\""));
        }
        if (json.path("archived").asBoolean()) {
            problems.add(new RepositoryProblem(
                    "the repository is archived, and takes nothing", "unarchive it: Settings → General → Danger zone"));
        }
        return problems;
    }

    /** Only those who may push are told these settings; where they are not told, nothing is known. */
    private static boolean isOff(JsonNode json, String setting) {
        return json.path(setting).isBoolean() && !json.path(setting).asBoolean();
    }

    private List<RepositoryProblem> permissions(ApiResponse repository) throws IOException {
        return switch (credentials) {
            case GithubCredentials.Token _ -> permissions(repository.json());
            case GithubCredentials.App app -> permissions(app);
        };
    }

    private static List<RepositoryProblem> permissions(JsonNode repository) {
        JsonNode push = repository.path("permissions").path("push");
        return push.isBoolean() && !push.asBoolean()
                ? List.of(new RepositoryProblem(
                        "the account of github.token may not push",
                        "give it the role \"Write\" in the repository, and the token contents, pull requests and commit"
                                + " statuses: read and write"))
                : List.of();
    }

    private List<RepositoryProblem> permissions(GithubCredentials.App app) throws IOException {
        JsonNode granted = calls.sendAs(
                        GithubAuthentication.asApp(app),
                        ApiCall.get("app", "installations", Long.toString(app.installation())))
                .json()
                .path("permissions");
        return NEEDED.entrySet().stream()
                .filter(needed -> !granted.path(needed.getKey()).asText().equals(needed.getValue()))
                .map(needed -> new RepositoryProblem(
                        "the app has no permission to write " + needed.getKey().replace('_', ' '),
                        "the app's settings → Permissions & events → "
                                + needed.getKey().replace('_', ' ')
                                + ": read and write; then accept it where the app is installed"))
                .toList();
    }
}
