package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.ApiCall;
import dev.bastion.github.client.ApiResponse;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Branch protection as it was before rulesets. Administrators are let through unless it says otherwise.
 *
 * @see <a href="https://docs.github.com/en/rest/branches/branch-protection">branch protection</a>
 */
final class ClassicProtection {
    private final GithubClient calls;
    private final RepositoryPath here;

    ClassicProtection(GithubClient calls, RepositoryPath here) {
        this.calls = calls;
        this.here = here;
    }

    /**
     * @param login whom the service is, without {@code [bot]}
     * @param administrator whether it administrates the repository
     */
    List<RepositoryProblem> against(RequiredPermissions use, String login, boolean administrator) throws IOException {
        ApiCall call = ApiCall.get(here.to("branches", use.branch(), "protection"));
        ApiResponse reply = calls.answer(call);
        if (reply.succeeded()) {
            JsonNode protection = reply.json();
            boolean exempt = administrator && !on(protection, "enforce_admins");
            return exempt ? List.of() : against(use, login, protection);
        }
        boolean none =
                reply.status() == 404 && GithubRejected.sentence(reply.json()).contains("not protected");
        return none || !isProtected(use.branch()) ? List.of() : List.of(unreadable(use.branch(), reply));
    }

    /** What everybody may see: that there is some. */
    private boolean isProtected(String branch) throws IOException {
        JsonNode json = calls.answer(ApiCall.get(here.to("branches", branch))).json();
        return json.path("protection").path("enabled").asBoolean();
    }

    private static RepositoryProblem unreadable(String branch, ApiResponse reply) {
        return new RepositoryProblem(
                "branch protection of " + branch + ": it cannot be read (" + reply.status()
                        + "), so nobody knows whether it" + " refuses the service's pushes",
                "give the service's account \"Administration: read\", or turn the protection into a ruleset that it"
                        + " bypasses");
    }

    /** @param holds whether it is so at all */
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
                                        "merge commits are refused, and what others approved is merged as one",
                                        "turn off \"Require linear history\""),
                                new Finding(on(protection, "lock_branch"), "it is locked", "turn off \"Lock branch\""),
                                new Finding(
                                        isNotNamed(protection.path("restrictions"), login),
                                        "only some may push, and the service is not one of them",
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
                        "status checks must have passed before anything is pushed",
                        "it lets nobody past them: turn it into a ruleset that the service's account bypasses"),
                new Finding(
                        use.proposals() && checks.path("strict").asBoolean(),
                        "a pull request must be up to date: whatever is pushed to the branch stops everything that waits",
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

    private static boolean isIn(JsonNode all, String field, String unmet) {
        return StreamSupport.stream(all.spliterator(), false)
                .anyMatch(one -> one.path(field).asText().equalsIgnoreCase(unmet));
    }
}
