package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.account.Teams;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The members of teams.
 *
 * @see <a href="https://docs.github.com/en/rest/teams/members#list-team-members">List team members</a>
 */
public final class TeamEndpoints implements Endpoints {
    private final ApiJson apiJson;
    private final Accounts accounts;
    private final Teams teams;
    private final BooleanSupplier isDown;

    /** @param isDown whether these routes, and no others, answer with an error of GitHub's */
    public TeamEndpoints(ApiJson apiJson, Accounts accounts, Teams teams, BooleanSupplier isDown) {
        this.apiJson = apiJson;
        this.accounts = accounts;
        this.teams = teams;
        this.isDown = isDown;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/orgs/{org}/teams/{team}/members", this::members);
    }

    private void members(Context request) {
        if (isDown.getAsBoolean()) {
            throw new GitHubException(503, "No server is currently available to service your request.");
        }
        List<Account> members = teams
                .members(request.pathParam("org") + "/" + request.pathParam("team"))
                .orElseThrow(GitHubException::notFound)
                .stream()
                .flatMap(login -> accounts.byLogin(login).stream())
                .toList();
        JsonExchange.send(
                request,
                200,
                JsonExchange.page(request, members).stream()
                        .map(apiJson::account)
                        .toList());
    }
}
