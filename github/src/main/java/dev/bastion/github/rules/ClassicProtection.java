package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Classic branch protection, the predecessor of rulesets. Administrators are exempt unless it includes them.
 *
 * @see <a href="https://docs.github.com/en/rest/branches/branch-protection">branch protection</a>
 */
final class ClassicProtection {
    private final GithubClient github;

    ClassicProtection(GithubClient github) {
        this.github = github;
    }

    /**
     * @param login the service's account, without {@code [bot]}
     * @param administrator whether it administrates the repository
     */
    List<RepositoryProblem> against(RequiredPermissions use, String login, boolean administrator) throws IOException {
        try {
            JsonNode protection = github.rest().get("branches", use.branch(), "protection");
            boolean exempt = administrator && !on(protection, "enforce_admins");
            return exempt ? List.of() : against(use, login, protection);
        } catch (GithubRejected e) {
            boolean none = e.status() == 404 && e.reason().contains("not protected");
            return none || e.isForLackOfPlan() || !isProtected(use.branch())
                    ? List.of()
                    : List.of(unreadable(use.branch(), e));
        }
    }

    /** What everyone who can read the repository may see: that there is a protection. */
    private boolean isProtected(String branch) throws IOException {
        try {
            return github.rest()
                    .get("branches", branch)
                    .path("protection")
                    .path("enabled")
                    .asBoolean();
        } catch (GithubRejected _) {
            return false;
        }
    }

    private static RepositoryProblem unreadable(String branch, GithubRejected refusal) {
        return new RepositoryProblem(
                "branch protection of " + branch + " cannot be read (" + refusal.status()
                        + "), and may refuse the service's pushes",
                "give the service's account \"Administration: read\", or replace the protection by a ruleset that the"
                        + " service's account bypasses");
    }

    /** @param holds whether the protection has this setting */
    private record Finding(boolean holds, String what, String remedy) {}

    private static List<RepositoryProblem> against(RequiredPermissions use, String login, JsonNode protection) {
        return Stream.concat(
                        reviewsAndChecks(use, login, protection),
                        Stream.of(
                                new Finding(
                                        on(protection, "required_signatures"),
                                        "commits must be signed, and the service's are not",
                                        "turn off \"Require signed commits\""),
                                new Finding(
                                        use.proposals() && on(protection, "required_linear_history"),
                                        "merge commits are refused, and the service merges approved pull requests by one",
                                        "turn off \"Require linear history\""),
                                new Finding(
                                        on(protection, "lock_branch"),
                                        "the branch is locked",
                                        "turn off \"Lock branch\""),
                                new Finding(
                                        isNotNamed(protection.path("restrictions"), login),
                                        "pushes are restricted to a list that lacks the service's account",
                                        "\"Restrict who can push to matching branches\": add the service's account")))
                .filter(Finding::holds)
                .map(finding -> new RepositoryProblem(
                        "branch protection of " + use.branch() + ": " + finding.what(),
                        "Settings → Branches → " + use.branch() + ": " + finding.remedy()))
                .toList();
    }

    private static Stream<Finding> reviewsAndChecks(RequiredPermissions use, String login, JsonNode protection) {
        JsonNode reviews = protection.path("required_pull_request_reviews");
        JsonNode checks = protection.path("required_status_checks");
        boolean reviewed = reviews.isObject() && !names(reviews.path("bypass_pull_request_allowances"), login);
        String allow = "\"Allow specified actors to bypass required pull requests\": add the service's account";
        return Stream.of(
                new Finding(
                        use.directly() && reviewed, "changes must come by pull request, and the service pushes", allow),
                new Finding(
                        !use.directly()
                                && reviewed
                                && reviews.path("required_approving_review_count")
                                                .asInt()
                                        > 0,
                        "a pull request needs reviews, and the service's own ones have none",
                        allow),
                new Finding(
                        use.directly() && !checks.path("contexts").isEmpty(),
                        "a commit must have passed status checks before it is pushed",
                        "replace the protection by a ruleset that the service's account bypasses; status checks have no exceptions here"),
                new Finding(
                        use.proposals() && checks.path("strict").asBoolean(),
                        "a pull request must be up to date, so every push to the branch blocks all waiting requests",
                        "turn off \"Require branches to be up to date before merging\""));
    }

    private static boolean on(JsonNode protection, String setting) {
        return protection.path(setting).path("enabled").asBoolean();
    }

    private static boolean isNotNamed(JsonNode allowed, String login) {
        return allowed.isObject() && !names(allowed, login);
    }

    private static boolean names(JsonNode allowed, String login) {
        return isIn(allowed.path("users"), "login", login) || isIn(allowed.path("apps"), "slug", login);
    }

    private static boolean isIn(JsonNode all, String field, String login) {
        return StreamSupport.stream(all.spliterator(), false)
                .anyMatch(one -> one.path(field).asText().equalsIgnoreCase(login));
    }
}
