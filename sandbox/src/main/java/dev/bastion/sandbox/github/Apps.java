package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /app}: what an app sees of itself, and where it gets the tokens of its installation. */
final class Apps implements Resource {
    private static final Map<String, String> PERMISSIONS = Map.of(
            "metadata", "read", "contents", "write", "pull_requests", "write", "checks", "write", "statuses", "write");

    private final Identities identities;
    private final PullRequests pulls;
    private final Shapes shapes;

    Apps(Identities identities, PullRequests pulls, Shapes shapes) {
        this.identities = identities;
        this.pulls = pulls;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/app", request -> Answer.send(request, 200, app(Rest.app(request))));
        routes.get(
                root + "/app/installations",
                request -> Answer.send(request, 200, List.of(installation(Rest.app(request)))));
        routes.get(
                root + "/app/installations/{id}", request -> Answer.send(request, 200, installation(theirs(request))));
        routes.get(
                root + "/repos/{owner}/{name}/installation",
                request -> Answer.send(request, 200, installation(Rest.app(request))));
        routes.post(root + "/app/installations/{id}/access_tokens", this::token);
        routes.get(root + "/installation/repositories", this::repositories);
    }

    private static App theirs(Context request) {
        App app = Rest.app(request);
        if (Answer.number(request, "id") != app.installation()) {
            throw Problem.notFound();
        }
        return app;
    }

    private void token(Context request) {
        Identities.Minted minted = identities.mint(theirs(request).account());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", minted.token());
        json.put("expires_at", minted.expires().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("permissions", PERMISSIONS);
        json.put("repository_selection", "selected");
        Answer.send(request, 201, json);
    }

    private void repositories(Context request) {
        if (!Rest.caller(request).type().equals("Bot")) {
            throw new Problem(
                    403,
                    "You must authenticate with an installation access token in order to list repositories"
                            + " for an installation.");
        }
        Answer.send(request, 200, Map.of("total_count", 1, "repositories", List.of(shapes.repository())));
    }

    private Map<String, Object> app(App app) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", app.id());
        json.put("client_id", app.clientId());
        json.put("slug", app.slug());
        json.put("node_id", "A_" + app.id());
        json.put("name", app.slug());
        json.put("owner", shapes.owner());
        json.put("permissions", PERMISSIONS);
        json.put("events", List.of());
        json.put("installations_count", 1);
        json.put("html_url", shapes.web("/apps/" + app.slug()));
        return json;
    }

    private Map<String, Object> installation(App app) {
        Map<String, Object> json = new LinkedHashMap<>();
        String self = "/app/installations/" + app.installation();
        json.put("id", app.installation());
        json.put("account", shapes.owner());
        json.put("app_id", app.id());
        json.put("app_slug", app.slug());
        json.put("target_id", 1);
        json.put("target_type", "Organization");
        json.put("access_tokens_url", shapes.api(self + "/access_tokens"));
        json.put("repositories_url", shapes.api("/installation/repositories"));
        json.put("html_url", shapes.web("/settings/installations/" + app.installation()));
        json.put("permissions", PERMISSIONS);
        json.put("events", List.of());
        json.put("repository_selection", "selected");
        json.put("created_at", pulls.now().toString());
        json.put("updated_at", pulls.now().toString());
        return json;
    }
}
