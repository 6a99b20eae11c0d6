package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** The endpoint {@code /repos/{owner}/{name}}; any other repository is not found. */
public final class RepositoryEndpoint implements Endpoints {
    private final RepositoryName name;
    private final ApiJson apiJson;

    public RepositoryEndpoint(RepositoryName name, ApiJson apiJson) {
        this.name = name;
        this.apiJson = apiJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.before(root + "/repos/{owner}/{name}", this::mustBeOurs);
        routes.before(root + "/repos/{owner}/{name}/*", this::mustBeOurs);
        routes.get(
                root + "/repos/{owner}/{name}",
                request -> JsonExchange.send(request, 200, apiJson.repositoryWithSettings()));
    }

    private void mustBeOurs(Context request) {
        String asked = request.pathParam("owner") + "/" + request.pathParam("name");
        if (!asked.equalsIgnoreCase(name.toString())) {
            throw GitHubException.notFound();
        }
    }
}
