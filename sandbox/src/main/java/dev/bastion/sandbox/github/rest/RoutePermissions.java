package dev.bastion.sandbox.github.rest;

import dev.bastion.sandbox.github.account.Permissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The permissions that each REST request of a GitHub App needs. A request that is not listed is not for apps, and is
 * refused as GitHub refuses it.
 *
 * @see <a href="https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps">GitHub's list</a>
 */
public final class RoutePermissions {
    /** GitHub takes labels, comments and the timeline of a pull request for an issue's as well as for its own. */
    private static final String READ_ISSUE = "issues=read; pull_requests=read";

    private static final String WRITE_ISSUE = "issues=write; pull_requests=write";
    private static final String READ_PULL = "pull_requests=read";
    private static final String WRITE_PULL = "pull_requests=write";
    private static final String READ_CODE = "contents=read";
    private static final String WRITE_CODE = "contents=write";
    private static final String ADMINISTER = "administration=write";
    private static final String READ_METADATA = "metadata=read";
    private static final String NOTHING = "";
    private static final String REPO = "/repos/{owner}/{name}";
    private static final String PULL = REPO + "/pulls/{number}";
    private static final String ISSUE = REPO + "/issues/{number}";

    /** The first row that fits a request counts. */
    private static final List<Route> ROUTES = List.of(
            new Route("GET", "", NOTHING, "meta/meta#github-api-root"),
            new Route("GET", "/meta", NOTHING, "meta/meta#get-github-meta-information"),
            new Route(
                    "GET",
                    "/rate_limit",
                    NOTHING,
                    "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user"),
            new Route("GET", "/users/{login}", NOTHING, "users/users#get-a-user"),
            new Route(
                    "GET",
                    "/installation/repositories",
                    READ_METADATA,
                    "apps/installations#list-repositories-accessible-to-the-app-installation"),
            new Route("GET", "/orgs/{org}/teams/{team}/members", "members=read", "teams/members#list-team-members"),
            new Route("GET", REPO, READ_METADATA, "repos/repos#get-a-repository"),
            new Route("GET", REPO + "/activity", READ_CODE, "repos/repos#list-repository-activities"),
            new Route(
                    "GET",
                    REPO + "/collaborators/{login}/permission",
                    READ_METADATA,
                    "collaborators/collaborators#get-repository-permissions-for-a-user"),
            new Route("GET", REPO + "/rules/branches/<branch>", READ_METADATA, "repos/rules#get-rules-for-a-branch"),
            // with "administration=write" the answers name the bypass actors; the sandbox shows them to administrators
            // alone
            new Route("GET", REPO + "/rulesets", READ_METADATA, "repos/rules#get-all-repository-rulesets"),
            new Route("GET", REPO + "/rulesets/{id}", READ_METADATA, "repos/rules#get-a-repository-ruleset"),
            new Route("POST", REPO + "/rulesets", ADMINISTER, "repos/rules#create-a-repository-ruleset"),
            new Route("PUT", REPO + "/rulesets/{id}", ADMINISTER, "repos/rules#update-a-repository-ruleset"),
            new Route("DELETE", REPO + "/rulesets/{id}", ADMINISTER, "repos/rules#delete-a-repository-ruleset"),
            new Route("GET", REPO + "/branches", READ_CODE, "branches/branches#list-branches"),
            new Route(
                    "GET",
                    REPO + "/branches/<branch>/protection",
                    "administration=read",
                    "branches/branch-protection#get-branch-protection"),
            new Route("GET", REPO + "/branches/<branch>", READ_CODE, "branches/branches#get-a-branch"),
            new Route(
                    "GET",
                    REPO + "/commits/<ref>/pulls",
                    READ_PULL,
                    "commits/commits#list-pull-requests-associated-with-a-commit"),
            new Route(
                    "GET",
                    REPO + "/commits/<ref>/statuses",
                    "statuses=read",
                    "commits/statuses#list-commit-statuses-for-a-reference"),
            new Route(
                    "GET",
                    REPO + "/commits/<ref>/status",
                    "statuses=read",
                    "commits/statuses#get-the-combined-status-for-a-specific-reference"),
            new Route(
                    "GET",
                    REPO + "/commits/<ref>/check-runs",
                    "checks=read",
                    "checks/runs#list-check-runs-for-a-git-reference"),
            new Route("GET", REPO + "/commits/<ref>", READ_CODE, "commits/commits#get-a-commit"),
            new Route("GET", REPO + "/compare/<range>", READ_CODE, "commits/commits#compare-two-commits"),
            new Route("GET", REPO + "/contents/<path>", READ_CODE, "repos/contents#get-repository-content"),
            new Route("POST", REPO + "/statuses/{sha}", "statuses=write", "commits/statuses#create-a-commit-status"),
            new Route(
                    "GET",
                    REPO + "/statuses/<ref>",
                    "statuses=read",
                    "commits/statuses#list-commit-statuses-for-a-reference"),
            new Route("POST", REPO + "/check-runs", "checks=write", "checks/runs#create-a-check-run"),
            new Route("PATCH", REPO + "/check-runs/{run}", "checks=write", "checks/runs#update-a-check-run"),
            new Route("GET", REPO + "/check-runs/{run}", "checks=read", "checks/runs#get-a-check-run"),
            new Route("POST", REPO + "/git/refs", WRITE_CODE, "git/refs#create-a-reference"),
            new Route("PATCH", REPO + "/git/refs/<ref>", WRITE_CODE, "git/refs#update-a-reference"),
            new Route("DELETE", REPO + "/git/refs/<ref>", WRITE_CODE, "git/refs#delete-a-reference"),
            new Route("GET", REPO + "/git/refs/<ref>", READ_CODE, "git/refs#get-a-reference"),
            new Route("GET", REPO + "/git/ref/<ref>", READ_CODE, "git/refs#get-a-reference"),
            new Route("GET", REPO + "/git/matching-refs/<ref>", READ_CODE, "git/refs#list-matching-references"),
            new Route("GET", REPO + "/git/commits/{sha}", READ_CODE, "git/commits#get-a-commit-object"),
            new Route("GET", REPO + "/pulls", READ_PULL, "pulls/pulls#list-pull-requests"),
            new Route("POST", REPO + "/pulls", WRITE_PULL, "pulls/pulls#create-a-pull-request"),
            new Route("GET", PULL, READ_PULL, "pulls/pulls#get-a-pull-request"),
            new Route("PATCH", PULL, WRITE_PULL, "pulls/pulls#update-a-pull-request"),
            new Route("GET", PULL + "/files", READ_PULL, "pulls/pulls#list-pull-requests-files"),
            new Route("GET", PULL + "/commits", READ_PULL, "pulls/pulls#list-commits-on-a-pull-request"),
            new Route("GET", PULL + "/comments", READ_PULL, "pulls/comments#list-review-comments-on-a-pull-request"),
            // GitHub lists a merge below "Contents" alone: it writes to the base branch
            new Route("PUT", PULL + "/merge", WRITE_CODE, "pulls/pulls#merge-a-pull-request"),
            // unsure: its page says contents=read; earlier answers of GitHub said pull_requests=read
            new Route(
                    "GET",
                    PULL + "/merge",
                    "contents=read; pull_requests=read",
                    "pulls/pulls#check-if-a-pull-request-has-been-merged"),
            new Route("GET", PULL + "/reviews", READ_PULL, "pulls/reviews#list-reviews-for-a-pull-request"),
            new Route("POST", PULL + "/reviews", WRITE_PULL, "pulls/reviews#create-a-review-for-a-pull-request"),
            new Route("GET", PULL + "/reviews/{review}", READ_PULL, "pulls/reviews#get-a-review-for-a-pull-request"),
            new Route(
                    "PUT",
                    PULL + "/reviews/{review}/dismissals",
                    WRITE_PULL,
                    "pulls/reviews#dismiss-a-review-for-a-pull-request"),
            new Route(
                    "GET",
                    PULL + "/requested_reviewers",
                    READ_PULL,
                    "pulls/review-requests#get-all-requested-reviewers-for-a-pull-request"),
            new Route(
                    "POST",
                    PULL + "/requested_reviewers",
                    WRITE_PULL,
                    "pulls/review-requests#request-reviewers-for-a-pull-request"),
            new Route(
                    "DELETE",
                    PULL + "/requested_reviewers",
                    WRITE_PULL,
                    "pulls/review-requests#remove-requested-reviewers-from-a-pull-request"),
            new Route("POST", REPO + "/labels", WRITE_ISSUE, "issues/labels#create-a-label"),
            new Route("GET", REPO + "/issues/comments/{comment}", READ_ISSUE, "issues/comments#get-an-issue-comment"),
            new Route(
                    "PATCH",
                    REPO + "/issues/comments/{comment}",
                    WRITE_ISSUE,
                    "issues/comments#update-an-issue-comment"),
            new Route(
                    "DELETE",
                    REPO + "/issues/comments/{comment}",
                    WRITE_ISSUE,
                    "issues/comments#delete-an-issue-comment"),
            new Route("GET", ISSUE, READ_ISSUE, "issues/issues#get-an-issue"),
            new Route("PATCH", ISSUE, WRITE_ISSUE, "issues/issues#update-an-issue"),
            new Route("GET", ISSUE + "/comments", READ_ISSUE, "issues/comments#list-issue-comments"),
            new Route("POST", ISSUE + "/comments", WRITE_ISSUE, "issues/comments#create-an-issue-comment"),
            new Route("GET", ISSUE + "/labels", READ_ISSUE, "issues/labels#list-labels-for-an-issue"),
            new Route("POST", ISSUE + "/labels", WRITE_ISSUE, "issues/labels#add-labels-to-an-issue"),
            new Route("PUT", ISSUE + "/labels", WRITE_ISSUE, "issues/labels#set-labels-for-an-issue"),
            new Route("DELETE", ISSUE + "/labels/{label}", WRITE_ISSUE, "issues/labels#remove-a-label-from-an-issue"),
            new Route("GET", ISSUE + "/events", READ_ISSUE, "issues/events#list-issue-events"),
            new Route("GET", ISSUE + "/timeline", READ_ISSUE, "issues/timeline#list-timeline-events-for-an-issue"));

    /**
     * A REST request.
     *
     * @param path below the API's root: {@code {x}} stands for one segment, {@code <x>} for several
     * @param accepted as GitHub's header {@code X-Accepted-GitHub-Permissions} writes them: alternatives are separated by
     *     semicolons
     * @param page its page below {@code https://docs.github.com/rest/}
     */
    public record Route(String method, String path, String accepted, String page) {
        /** The alternatives, of which one is enough. */
        public List<Permissions> sets() {
            return Arrays.stream(accepted.split(";")).map(Permissions::parse).toList();
        }

        private boolean fits(String asked, String where) {
            return method.equals(asked.equals("HEAD") ? "GET" : asked)
                    && Pattern.matches(path.replaceAll("\\{\\w+}", "[^/]+").replaceAll("<\\w+>", ".+"), where);
        }
    }

    private RoutePermissions() {}

    /** @param path below the API's root */
    public static Optional<Route> of(String method, String path) {
        return ROUTES.stream().filter(route -> route.fits(method, path)).findFirst();
    }

    public static List<Route> all() {
        return ROUTES;
    }
}
