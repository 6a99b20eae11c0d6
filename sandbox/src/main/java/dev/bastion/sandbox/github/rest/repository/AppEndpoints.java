package dev.bastion.sandbox.github.rest.repository;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.InstallationTokens;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The endpoints {@code /app}: an app's own description, its installation, and tokens for it. */
public final class AppEndpoints implements Endpoints {
    private final InstallationTokens identities;
    private final InstantSource clock;
    private final ApiJson apiJson;

    public AppEndpoints(InstallationTokens identities, InstantSource clock, ApiJson apiJson) {
        this.identities = identities;
        this.clock = clock;
        this.apiJson = apiJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/app", request -> JsonExchange.send(request, 200, app(RestApi.app(request))));
        routes.get(
                root + "/app/installations",
                request -> JsonExchange.send(request, 200, List.of(installation(RestApi.app(request)))));
        routes.get(
                root + "/app/installations/{id}",
                request -> JsonExchange.send(request, 200, installation(theirs(request))));
        routes.get(
                root + "/repos/{owner}/{name}/installation",
                request -> JsonExchange.send(request, 200, installation(RestApi.app(request))));
        routes.post(root + "/app/installations/{id}/access_tokens", this::token);
        routes.get(root + "/installation/repositories", this::repositories);
    }

    private static GitHubApp theirs(Context request) {
        GitHubApp app = RestApi.app(request);
        if (JsonExchange.number(request, "id") != app.installation()) {
            throw GitHubException.notFound();
        }
        return app;
    }

    private void token(Context request) {
        GitHubApp app = theirs(request);
        InstallationTokens.Minted minted = identities.mint(app, wanted(request, app));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", minted.token());
        json.put("expires_at", minted.expires().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("permissions", minted.permissions().json());
        json.put("repository_selection", "selected");
        JsonExchange.send(request, 201, json);
    }

    /** A token may be asked for with less than the app has, never with more. */
    private static Permissions wanted(Context request, GitHubApp app) {
        JsonNode fewer = JsonExchange.readIfAny(request).path("permissions");
        if (!fewer.isObject()) {
            return app.permissions();
        }
        Permissions wanted = Permissions.parse(fewer.properties().stream()
                .map(each -> each.getKey() + "=" + each.getValue().asText())
                .collect(Collectors.joining(",")));
        if (!app.permissions().include(wanted)) {
            throw GitHubException.unprocessable("The permissions requested are not granted to this installation.");
        }
        return wanted;
    }

    private void repositories(Context request) {
        if (!RestApi.caller(request).type().equals("Bot")) {
            throw new GitHubException(
                    403,
                    "You must authenticate with an installation access token in order to list repositories"
                            + " for an installation.");
        }
        JsonExchange.send(request, 200, Map.of("total_count", 1, "repositories", List.of(apiJson.repository())));
    }

    private Map<String, Object> app(GitHubApp app) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", app.id());
        json.put("client_id", app.clientId());
        json.put("slug", app.slug());
        json.put("node_id", "A_" + app.id());
        json.put("name", app.slug());
        json.put("owner", apiJson.owner());
        json.put("permissions", app.permissions().json());
        json.put("events", List.of());
        json.put("installations_count", 1);
        json.put("html_url", apiJson.web("/apps/" + app.slug()));
        json.put("external_url", apiJson.web("/apps/" + app.slug()));
        json.put("description", null);
        putMoments(json);
        return json;
    }

    private Map<String, Object> installation(GitHubApp app) {
        Map<String, Object> json = new LinkedHashMap<>();
        String self = "/app/installations/" + app.installation();
        json.put("id", app.installation());
        json.put("account", apiJson.owner());
        json.put("app_id", app.id());
        json.put("app_slug", app.slug());
        json.put("target_id", 1);
        json.put("target_type", "Organization");
        json.put("access_tokens_url", apiJson.api(self + "/access_tokens"));
        json.put("repositories_url", apiJson.api("/installation/repositories"));
        json.put("html_url", apiJson.web("/settings/installations/" + app.installation()));
        json.put("permissions", app.permissions().json());
        json.put("events", List.of());
        json.put("repository_selection", "selected");
        json.put("single_file_name", null);
        json.put("suspended_by", null);
        json.put("suspended_at", null);
        putMoments(json);
        return json;
    }

    private void putMoments(Map<String, Object> json) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        json.put("created_at", now);
        json.put("updated_at", now);
    }
}
