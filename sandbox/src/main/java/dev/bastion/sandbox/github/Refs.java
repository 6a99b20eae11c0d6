package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** {@code /git/refs}: branches, made, moved and deleted without git. */
final class Refs implements Resource {
    private final BareRepository repository;
    private final Branches branches;
    private final History history;
    private final Rulebook rules;
    private final Shapes shapes;

    Refs(BareRepository repository, Branches branches, Rulebook rules, Shapes shapes) {
        this.repository = repository;
        this.branches = branches;
        this.history = new History(repository);
        this.rules = rules;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String git = root + "/repos/{owner}/{name}/git";
        routes.post(git + "/refs", this::create);
        routes.get(git + "/ref/<ref>", request -> Answer.send(request, 200, existing(request)));
        routes.get(git + "/refs/<ref>", request -> Answer.send(request, 200, existing(request)));
        routes.get(git + "/matching-refs/<ref>", this::matching);
        routes.patch(git + "/refs/<ref>", this::update);
        routes.delete(git + "/refs/<ref>", this::delete);
    }

    private Map<String, Object> existing(Context request) {
        String ref = Constants.R_REFS + request.pathParam("ref");
        String commit = repository.resolve(ref);
        if (commit.equals(Push.NOTHING)) {
            throw Problem.notFound();
        }
        return shape(ref, commit);
    }

    private void matching(Context request) {
        String prefix = Constants.R_REFS + request.pathParam("ref");
        try {
            List<Map<String, Object>> found = repository.git().getRefDatabase().getRefsByPrefix(prefix).stream()
                    .map(ref -> shape(ref.getName(), repository.resolve(ref.getName())))
                    .toList();
            Answer.send(request, 200, found);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + prefix, failure);
        }
    }

    private void create(Context request) {
        JsonNode body = Answer.read(request);
        String ref = Answer.text(body, "ref");
        String sha = Answer.text(body, "sha");
        if (!ref.startsWith(Constants.R_HEADS) || !Repository.isValidRefName(ref)) {
            throw Problem.unprocessable(
                    "Reference name must start with 'refs/' and have at least two slashes and be well-formed.");
        }
        if (!sha.matches("[0-9a-f]{40}") || !repository.has(sha)) {
            throw Problem.unprocessable("Object does not exist");
        }
        move(request, ref, Push.NOTHING, sha, "Reference already exists");
        Answer.send(request, 201, shape(ref, sha));
    }

    private void update(Context request) {
        JsonNode body = Answer.read(request);
        String ref = Constants.R_REFS + request.pathParam("ref");
        String sha = Answer.text(body, "sha");
        String before = mustExist(ref);
        if (!sha.matches("[0-9a-f]{40}") || !repository.has(sha)) {
            throw Problem.unprocessable("Object does not exist");
        }
        if (!body.path("force").asBoolean(false) && !history.reaches(sha, before)) {
            throw Problem.unprocessable("Update is not a fast forward");
        }
        move(request, ref, before, sha, "Reference cannot be updated");
        Answer.send(request, 200, shape(ref, sha));
    }

    private void delete(Context request) {
        String ref = Constants.R_REFS + request.pathParam("ref");
        move(request, ref, mustExist(ref), Push.NOTHING, "Reference cannot be deleted");
        Answer.sendNothing(request);
    }

    private String mustExist(String ref) {
        String commit = ref.startsWith(Constants.R_HEADS) ? repository.resolve(ref) : Push.NOTHING;
        if (commit.equals(Push.NOTHING)) {
            throw Problem.unprocessable("Reference does not exist");
        }
        return commit;
    }

    private void move(Context request, String ref, String from, String to, String otherwise) {
        String branch = ref.substring(Constants.R_HEADS.length());
        Account caller = Rest.caller(request);
        List<String> violations = rules.against(new Push(branch, from, to), caller);
        if (!violations.isEmpty()) {
            throw Problem.unprocessable(
                    "Repository rule violations found\n\n" + String.join("\n\n", violations) + "\n\n");
        }
        if (!branches.move(branch, from, to, caller)) {
            throw Problem.unprocessable(otherwise);
        }
    }

    private Map<String, Object> shape(String ref, String commit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ref", ref);
        json.put("node_id", "REF_" + ref);
        json.put("url", shapes.inRepository("/git/" + ref));
        json.put(
                "object",
                Map.of("type", "commit", "sha", commit, "url", shapes.inRepository("/git/commits/" + commit)));
        return json;
    }
}
