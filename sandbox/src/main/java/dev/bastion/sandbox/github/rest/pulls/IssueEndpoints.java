package dev.bastion.sandbox.github.rest.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.pulls.PullRequestVersions;
import dev.bastion.sandbox.github.pulls.TimelineEvent;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The endpoints {@code /issues/{number}}: a pull request as an issue, with its labels and its timeline. */
public final class IssueEndpoints implements Endpoints {
    private final PullRequestStore pulls;
    private final PullRequestVersions shown;
    private final PullRequestEndpoints editor;
    private final PullRequestJson pullJson;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public IssueEndpoints(
            PullRequestStore pulls, PullRequestVersions shown, PullRequestEndpoints editor, PullRequestJson pullJson) {
        this.pulls = pulls;
        this.shown = shown;
        this.editor = editor;
        this.pullJson = pullJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String issue = root + "/repos/{owner}/{name}/issues/{number}";
        routes.get(issue, request -> JsonExchange.send(request, 200, pullJson.issue(shown(request))));
        routes.patch(issue, this::edit);
        routes.get(issue + "/labels", request -> sendLabels(request, shown(request)));
        routes.post(issue + "/labels", request -> label(request, false));
        routes.put(issue + "/labels", request -> label(request, true));
        routes.delete(issue + "/labels/{label}", this::unlabel);
        routes.post(root + "/repos/{owner}/{name}/labels", this::create);
        routes.get(issue + "/events", this::history);
        routes.get(issue + "/timeline", this::history);
    }

    private PullRequest shown(Context request) {
        return shown.byNumber(JsonExchange.number(request, "number"));
    }

    private PullRequest of(Context request) {
        return pulls.byNumber(JsonExchange.number(request, "number"));
    }

    private void edit(Context request) {
        PullRequest pull = of(request);
        JsonNode body = JsonExchange.read(request);
        editor.edit(pull, body, RestApi.caller(request));
        if (body.has("labels")) {
            pulls.label(pull, JsonExchange.texts(body, "labels"), RestApi.caller(request));
        }
        JsonExchange.send(request, 200, pullJson.issue(pull));
    }

    /** Labels that are set without having been made are made then; making one is for its colour alone. */
    private void create(Context request) {
        String label = JsonExchange.text(JsonExchange.read(request), "name");
        if (label.isBlank()) {
            throw GitHubException.field("Label", "name", "missing_field");
        }
        if (!known.add(label)
                || pulls.all().stream().anyMatch(pull -> pull.labels().contains(label))) {
            throw GitHubException.field("Label", "name", "already_exists");
        }
        JsonExchange.send(request, 201, pullJson.label(label));
    }

    private void label(Context request, boolean afresh) {
        PullRequest pull = of(request);
        List<String> wanted = JsonExchange.texts(JsonExchange.read(request), "labels");
        if (!afresh) {
            wanted = Stream.concat(pull.labels().stream(), wanted.stream())
                    .distinct()
                    .toList();
        }
        pulls.label(pull, wanted, RestApi.caller(request));
        sendLabels(request, pull);
    }

    private void unlabel(Context request) {
        PullRequest pull = of(request);
        String label = request.pathParam("label");
        if (!pull.labels().contains(label)) {
            throw new GitHubException(404, "Label does not exist");
        }
        pulls.label(
                pull, pull.labels().stream().filter(one -> !one.equals(label)).toList(), RestApi.caller(request));
        sendLabels(request, pull);
    }

    private void sendLabels(Context request, PullRequest pull) {
        JsonExchange.send(
                request, 200, pull.labels().stream().map(pullJson::label).toList());
    }

    private void history(Context request) {
        List<TimelineEvent> page = JsonExchange.page(request, shown(request).timeline());
        JsonExchange.send(request, 200, page.stream().map(pullJson::event).toList());
    }
}
