package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.github.GHPermissionType;

/** The permissions of the service's account in the repository, and the repository's own settings. */
final class RepositoryAccess {
    /** What an App needs, in GitHub's words. */
    private static final List<String> WRITTEN = List.of("contents", "pull_requests", "statuses");

    private final GithubClient github;
    private final GithubSettings settings;

    RepositoryAccess(GithubClient github) {
        this.github = github;
        this.settings = github.settings();
    }

    /** @param repository the repository as GitHub shows it to the service's account */
    List<RepositoryProblem> against(RequiredPermissions use, JsonNode repository) throws IOException {
        List<RepositoryProblem> problems = new ArrayList<>(permissions(repository));
        String name = github.repository().getFullName();
        if (!name.equalsIgnoreCase(settings.repository())) {
            problems.add(new RepositoryProblem(
                    settings.repository() + " was renamed or transferred to " + name
                            + ", and GitHub's redirect ends when someone reuses the old name",
                    "set github.repository to " + name + " and ledger.remote to its new address"));
        }
        String page = name + ": Settings → General → Pull Requests: ";
        if (use.proposals() && isOff(repository, "allow_merge_commit")) {
            problems.add(new RepositoryProblem(
                    "the repository does not allow merge commits, and the service merges approved pull requests by one",
                    page + "turn on \"Allow merge commits\""));
        }
        if (!use.directly() && isOff(repository, "allow_rebase_merge")) {
            problems.add(new RepositoryProblem(
                    "the repository does not allow rebasing, and the service merges its own pull requests by rebasing",
                    page + "turn on \"Allow rebase merging\""));
        }
        if (repository.path("archived").asBoolean()) {
            problems.add(new RepositoryProblem(
                    "the repository is archived and read-only",
                    name + ": Settings → General → Danger zone: unarchive it"));
        }
        return problems;
    }

    /** GitHub shows these settings only to accounts that may push; where they are absent, nothing is known. */
    private static boolean isOff(JsonNode repository, String setting) {
        return repository.path(setting).isBoolean() && !repository.path(setting).asBoolean();
    }

    private List<RepositoryProblem> permissions(JsonNode repository) throws IOException {
        return switch (settings.credentials()) {
            case GithubCredentials.Token _ -> permissionsOfToken(repository);
            case GithubCredentials.App app -> permissionsOfApp(app);
        };
    }

    private static List<RepositoryProblem> permissionsOfToken(JsonNode repository) {
        return isOff(repository.path("permissions"), "push")
                ? List.of(new RepositoryProblem(
                        "the account of github.token may not push",
                        "give the account the role \"Write\" in the repository, and the token contents, pull requests and"
                                + " commit statuses: read and write"))
                : List.of();
    }

    private List<RepositoryProblem> permissionsOfApp(GithubCredentials.App app) throws IOException {
        Map<String, GHPermissionType> granted = github.installation(app).getPermissions();
        return WRITTEN.stream()
                .filter(needed -> granted.get(needed) != GHPermissionType.WRITE)
                .map(needed -> needed.replace('_', ' '))
                .map(needed -> new RepositoryProblem(
                        "the app has no permission to write " + needed,
                        "the app's settings → Permissions & events → " + needed
                                + ": read and write; then accept the change where the app is installed"))
                .toList();
    }
}
