package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The endpoints {@code /user}, {@code /users/{login}}, {@code /meta} and the permission of a collaborator. */
public final class UserEndpoints implements Endpoints {
    private final ApiJson apiJson;

    private final Accounts accounts;

    public UserEndpoints(ApiJson apiJson, Accounts accounts) {
        this.accounts = accounts;
        this.apiJson = apiJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(
                root + "/meta",
                request -> JsonExchange.send(request, 200, Map.of("verifiable_password_authentication", false)));
        routes.get(
                root, request -> JsonExchange.send(request, 200, Map.of("rate_limit_url", apiJson.api("/rate_limit"))));
        routes.get(
                root + "/users/{login}",
                request -> JsonExchange.send(
                        request,
                        200,
                        apiJson.profile(
                                accounts.byLogin(request.pathParam("login")).orElseThrow(GitHubException::notFound))));
        routes.get(
                root + "/repos/{owner}/{name}/collaborators/{login}/permission",
                request -> JsonExchange.send(request, 200, permission(request.pathParam("login"))));
        routes.get(root + "/user", this::user);
    }

    private void user(Context request) {
        if (RestApi.isInstallation(request)) {
            throw GitHubException.notAccessible("users/users#get-the-authenticated-user");
        }
        JsonExchange.send(request, 200, apiJson.profile(RestApi.caller(request)));
    }

    /** Every account has write permission. */
    private Map<String, Object> permission(String login) {
        Account account = accounts.byLogin(login).orElseThrow(GitHubException::notFound);
        return Map.of("permission", "write", "role_name", "write", "user", apiJson.account(account));
    }
}
