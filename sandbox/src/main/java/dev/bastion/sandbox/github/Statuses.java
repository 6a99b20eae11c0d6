package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Commit statuses: a list for each commit that only grows, of which the newest of each context counts. */
final class Statuses implements Resource {
    private static final List<String> STATES = List.of("error", "failure", "pending", "success");
    private static final int LONGEST_DESCRIPTION = 140;

    private final BareRepository repository;
    private final Shapes shapes;
    private final List<CommitStatus> all = new CopyOnWriteArrayList<>();
    private final List<Consumer<CommitStatus>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();

    Statuses(BareRepository repository, Shapes shapes) {
        this.repository = repository;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String repo = root + "/repos/{owner}/{name}";
        routes.post(repo + "/statuses/{sha}", this::create);
        routes.get(repo + "/statuses/<ref>", this::list);
        routes.get(repo + "/commits/<ref>/statuses", this::list);
        routes.get(repo + "/commits/<ref>/status", this::combined);
    }

    void onStatus(Consumer<CommitStatus> listener) {
        listeners.add(listener);
    }

    /** Newest first. */
    List<CommitStatus> of(String commit) {
        return all.reversed().stream()
                .filter(status -> status.commit().equals(commit))
                .toList();
    }

    /** How one context stands at a commit. */
    Verdict verdict(String commit, String context) {
        return of(commit).stream()
                .filter(status -> status.context().equals(context))
                .findFirst()
                .map(status -> verdict(List.of(status.state())))
                .orElse(Verdict.MISSING);
    }

    /** How all of them stand together. */
    Verdict verdict(String commit) {
        Map<String, CommitStatus> newest = newest(commit);
        return newest.isEmpty()
                ? Verdict.MISSING
                : verdict(newest.values().stream().map(CommitStatus::state).toList());
    }

    private static Verdict verdict(List<String> states) {
        if (states.contains("error") || states.contains("failure")) {
            return Verdict.FAILING;
        }
        return states.contains("pending") ? Verdict.PENDING : Verdict.PASSED;
    }

    private Map<String, CommitStatus> newest(String commit) {
        Map<String, CommitStatus> newest = new LinkedHashMap<>();
        of(commit).forEach(status -> newest.putIfAbsent(status.context(), status));
        return newest;
    }

    private void create(Context request) {
        String sha = request.pathParam("sha");
        if (!sha.matches("[0-9a-f]{40}") || !repository.has(sha)) {
            throw Problem.unprocessable("No commit found for SHA: " + sha);
        }
        CommitStatus status = read(Answer.read(request), sha, Rest.caller(request));
        all.add(status);
        listeners.forEach(listener -> listener.accept(status));
        Answer.send(request, 201, shape(status));
    }

    private CommitStatus read(JsonNode body, String sha, Account creator) {
        String state = body.path("state").asText("");
        String description = body.path("description").asText("");
        if (!STATES.contains(state)) {
            throw Problem.unprocessable("Validation Failed: state is not included in the list");
        }
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION) {
            throw Problem.unprocessable("Validation Failed: description is too long (maximum is 140 characters)");
        }
        return new CommitStatus(
                ids.incrementAndGet(),
                sha,
                body.path("context").asText("default"),
                state,
                description,
                body.path("target_url").asText(""),
                creator,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private void list(Context request) {
        List<CommitStatus> statuses = Answer.page(request, of(commit(request)));
        Answer.send(request, 200, statuses.stream().map(this::shape).toList());
    }

    private void combined(Context request) {
        String commit = commit(request);
        Map<String, CommitStatus> newest = newest(commit);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", word(verdict(commit)));
        json.put("statuses", newest.values().stream().map(this::shape).toList());
        json.put("sha", commit);
        json.put("total_count", newest.size());
        json.put("repository", shapes.repository());
        json.put("commit_url", shapes.inRepository("/commits/" + commit));
        json.put("url", shapes.inRepository("/commits/" + commit + "/status"));
        Answer.send(request, 200, json);
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case MISSING, PENDING -> "pending";
            case FAILING -> "failure";
            case PASSED -> "success";
        };
    }

    private String commit(Context request) {
        String commit = repository.resolve(request.pathParam("ref"));
        if (commit.equals(Push.NOTHING)) {
            throw Problem.unprocessable("No commit found for SHA: " + request.pathParam("ref"));
        }
        return commit;
    }

    private Map<String, Object> shape(CommitStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", shapes.inRepository("/statuses/" + status.commit()));
        json.put("id", status.id());
        json.put("node_id", "SC_" + status.id());
        json.put("state", status.state());
        json.put("description", status.description());
        json.put("target_url", status.targetUrl().isEmpty() ? null : status.targetUrl());
        json.put("context", status.context());
        json.put("created_at", status.at().toString());
        json.put("updated_at", status.at().toString());
        json.put("creator", shapes.account(status.creator()));
        return json;
    }
}
