package dev.bastion.sandbox.github.rest.pulls;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The endpoints {@code /pulls/{number}/requested_reviewers}. */
public final class ReviewRequestEndpoints implements Endpoints {
    private final PullRequestStore pulls;
    private final Accounts accounts;
    private final ApiJson apiJson;
    private final PullRequestJson pullShapes;

    public ReviewRequestEndpoints(
            PullRequestStore pulls, Accounts accounts, ApiJson apiJson, PullRequestJson pullShapes) {
        this.pulls = pulls;
        this.accounts = accounts;
        this.apiJson = apiJson;
        this.pullShapes = pullShapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String all = root + "/repos/{owner}/{name}/pulls/{number}/requested_reviewers";
        routes.get(all, this::list);
        routes.post(all, this::ask);
        routes.delete(all, this::withdraw);
    }

    private PullRequest of(Context request) {
        return pulls.byNumber(JsonExchange.number(request, "number"));
    }

    private void list(Context request) {
        JsonExchange.send(
                request,
                200,
                Map.of(
                        "users",
                        of(request).requestedReviewers().stream()
                                .map(apiJson::account)
                                .toList(),
                        "teams",
                        List.of()));
    }

    private void ask(Context request) {
        PullRequest pull = of(request);
        List<Account> asked = named(request);
        if (asked.contains(pull.author())) {
            throw GitHubException.unprocessable("Review cannot be requested from pull request author.");
        }
        pulls.requestReviews(pull, asked, RestApi.caller(request));
        JsonExchange.send(request, 201, pullShapes.brief(pull));
    }

    private void withdraw(Context request) {
        PullRequest pull = of(request);
        List<Account> named = named(request);
        pulls.withdrawReviewRequests(pull, named);
        JsonExchange.send(request, 200, pullShapes.brief(pull));
    }

    private List<Account> named(Context request) {
        return JsonExchange.texts(JsonExchange.read(request), "reviewers").stream()
                .map(login -> accounts.byLogin(login)
                        .orElseThrow(() ->
                                GitHubException.unprocessable("Reviews may only be requested from collaborators. One"
                                        + " or more of the users or teams you specified is not a collaborator of the "
                                        + apiJson.name() + " repository.")))
                .toList();
    }
}
