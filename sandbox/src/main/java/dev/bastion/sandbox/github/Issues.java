package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** {@code /issues/{number}}: the issue that a pull request also is, with its labels and its history. */
final class Issues implements Resource {
    private final PullRequests pulls;
    private final Pulls editor;
    private final PullShapes shapes;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Issues(PullRequests pulls, Pulls editor, PullShapes shapes) {
        this.pulls = pulls;
        this.editor = editor;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String issue = root + "/repos/{owner}/{name}/issues/{number}";
        routes.get(issue, request -> Answer.send(request, 200, shapes.issue(of(request))));
        routes.patch(issue, this::edit);
        routes.get(issue + "/labels", request -> sendLabels(request, of(request)));
        routes.post(issue + "/labels", request -> label(request, false));
        routes.put(issue + "/labels", request -> label(request, true));
        routes.delete(issue + "/labels/{label}", this::unlabel);
        routes.post(root + "/repos/{owner}/{name}/labels", this::create);
        routes.get(issue + "/events", this::history);
        routes.get(issue + "/timeline", this::history);
    }

    private PullRequest of(Context request) {
        return pulls.numbered(Answer.number(request, "number"));
    }

    private void edit(Context request) {
        PullRequest pull = of(request);
        JsonNode body = Answer.read(request);
        editor.edit(pull, body, Rest.caller(request));
        if (body.has("labels")) {
            relabel(pull, Answer.texts(body, "labels"), Rest.caller(request));
        }
        Answer.send(request, 200, shapes.issue(pull));
    }

    /** Labels that are set without having been made are made then; making one is for its colour alone. */
    private void create(Context request) {
        String label = Answer.text(Answer.read(request), "name");
        if (label.isBlank()) {
            throw Problem.field("Label", "name", "missing_field");
        }
        if (!known.add(label)
                || pulls.all().stream().anyMatch(pull -> pull.labels().contains(label))) {
            throw Problem.field("Label", "name", "already_exists");
        }
        Answer.send(request, 201, shapes.label(label));
    }

    private void label(Context request, boolean afresh) {
        PullRequest pull = of(request);
        List<String> wanted = Answer.texts(Answer.read(request), "labels");
        if (!afresh) {
            wanted = Stream.concat(pull.labels().stream(), wanted.stream())
                    .distinct()
                    .toList();
        }
        relabel(pull, wanted, Rest.caller(request));
        sendLabels(request, pull);
    }

    private void unlabel(Context request) {
        PullRequest pull = of(request);
        String label = request.pathParam("label");
        if (!pull.labels().contains(label)) {
            throw new Problem(404, "Label does not exist");
        }
        relabel(pull, pull.labels().stream().filter(one -> !one.equals(label)).toList(), Rest.caller(request));
        sendLabels(request, pull);
    }

    private void relabel(PullRequest pull, List<String> wanted, Account who) {
        pulls.locked(() -> {
            if (!pull.labels().equals(wanted)) {
                pull.labelBook().clear();
                pull.labelBook().addAll(wanted);
                pulls.note(pull, "labeled", who, Optional.empty());
                pulls.told(pull, PullRequestChange.Kind.EDITED);
            }
            return pull;
        });
    }

    private void sendLabels(Context request, PullRequest pull) {
        Answer.send(request, 200, pull.labels().stream().map(shapes::label).toList());
    }

    private void history(Context request) {
        List<Deed> page = Answer.page(request, of(request).deeds());
        Answer.send(request, 200, page.stream().map(shapes::deed).toList());
    }
}
