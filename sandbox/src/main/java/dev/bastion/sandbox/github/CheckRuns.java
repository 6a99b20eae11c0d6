package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** {@code /check-runs}: like commit statuses with more to say; only apps may make them. */
final class CheckRuns implements Resource {
    private static final List<String> STATUSES = List.of("queued", "in_progress", "completed");
    private static final List<String> CONCLUSIONS =
            List.of("action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out");

    private final BareRepository repository;
    private final PullRequests pulls;
    private final Shapes shapes;
    private final List<CheckRun> all = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    CheckRuns(BareRepository repository, PullRequests pulls, Shapes shapes) {
        this.repository = repository;
        this.pulls = pulls;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String repo = root + "/repos/{owner}/{name}";
        routes.post(repo + "/check-runs", this::create);
        routes.patch(repo + "/check-runs/{run}", this::update);
        routes.get(repo + "/check-runs/{run}", request -> Answer.send(request, 200, shape(find(request))));
        routes.get(repo + "/commits/<ref>/check-runs", this::list);
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Newest first. */
    List<CheckRun> of(String commit) {
        return all.reversed().stream()
                .filter(run -> run.commit().equals(commit))
                .toList();
    }

    /** Of each name the newest. */
    List<CheckRun> latest(String commit) {
        Map<String, CheckRun> latest = new LinkedHashMap<>();
        of(commit).forEach(run -> latest.putIfAbsent(run.name(), run));
        return List.copyOf(latest.values());
    }

    Verdict verdict(String commit, String name) {
        return of(commit).stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .map(CheckRun::verdict)
                .orElse(Verdict.MISSING);
    }

    private void create(Context request) {
        Account caller = mustBeApp(request);
        JsonNode body = Answer.read(request);
        String sha = Answer.text(body, "head_sha");
        if (!sha.matches("[0-9a-f]{40}") || !repository.has(sha)) {
            throw Problem.unprocessable("No commit found for SHA: " + sha);
        }
        if (Answer.text(body, "name").isEmpty()) {
            throw Problem.field("CheckRun", "name", "missing_field");
        }
        Instant now = pulls.now();
        CheckRun blank = new CheckRun(
                pulls.nextId(),
                sha,
                Answer.text(body, "name"),
                "queued",
                "",
                "",
                "",
                Answer.nothing(),
                caller,
                now,
                null);
        CheckRun run = told(blank, body, now);
        all.add(run);
        listeners.forEach(Runnable::run);
        Answer.send(request, 201, shape(run));
    }

    private void update(Context request) {
        mustBeApp(request);
        JsonNode body = Answer.read(request);
        CheckRun updated = told(find(request), body, pulls.now());
        all.replaceAll(run -> run.id() == updated.id() ? updated : run);
        listeners.forEach(Runnable::run);
        Answer.send(request, 200, shape(updated));
    }

    private static Account mustBeApp(Context request) {
        Account caller = Rest.caller(request);
        if (!caller.type().equals("Bot")) {
            throw new Problem(403, "You must authenticate via a GitHub App.");
        }
        return caller;
    }

    private static CheckRun told(CheckRun before, JsonNode body, Instant now) {
        String conclusion = otherwise(Answer.text(body, "conclusion"), before.conclusion());
        String status = conclusion.isEmpty() ? otherwise(Answer.text(body, "status"), before.status()) : "completed";
        if (!STATUSES.contains(status) || (!conclusion.isEmpty() && !CONCLUSIONS.contains(conclusion))) {
            throw Problem.unprocessable("Invalid request.\n\nNo subschema in \"oneOf\" matched.");
        }
        if (status.equals("completed") && conclusion.isEmpty()) {
            throw Problem.unprocessable("Invalid request.\n\n\"conclusion\" wasn't supplied.");
        }
        return new CheckRun(
                before.id(),
                before.commit(),
                otherwise(Answer.text(body, "name"), before.name()),
                status,
                conclusion,
                otherwise(Answer.text(body, "details_url"), before.detailsUrl()),
                otherwise(Answer.text(body, "external_id"), before.externalId()),
                body.hasNonNull("output") ? body.path("output") : before.output(),
                before.creator(),
                before.started(),
                status.equals("completed") ? now : null);
    }

    private static String otherwise(String text, String instead) {
        return text.isEmpty() ? instead : text;
    }

    private void list(Context request) {
        String commit = repository.resolve(request.pathParam("ref"));
        if (commit.equals(Push.NOTHING)) {
            throw Problem.unprocessable("No commit found for SHA: " + request.pathParam("ref"));
        }
        Optional<String> name = Optional.ofNullable(request.queryParam("check_name"));
        boolean every = "all".equals(request.queryParam("filter"));
        List<CheckRun> found = (every ? of(commit) : latest(commit))
                .stream()
                        .filter(run -> name.isEmpty() || name.get().equals(run.name()))
                        .toList();
        List<CheckRun> page = Answer.page(request, found);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total_count", found.size());
        json.put("check_runs", page.stream().map(this::shape).toList());
        Answer.send(request, 200, json);
    }

    private CheckRun find(Context request) {
        long id = Answer.number(request, "run");
        return all.stream().filter(run -> run.id() == id).findFirst().orElseThrow(Problem::notFound);
    }

    private Map<String, Object> shape(CheckRun run) {
        Map<String, Object> output = new LinkedHashMap<>();
        for (String part : List.of("title", "summary", "text")) {
            output.put(
                    part,
                    run.output().hasNonNull(part) ? run.output().path(part).asText() : null);
        }
        output.put("annotations_count", 0);
        output.put("annotations_url", shapes.inRepository("/check-runs/" + run.id() + "/annotations"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", run.id());
        json.put("node_id", "CR_" + run.id());
        json.put("head_sha", run.commit());
        json.put("external_id", run.externalId());
        json.put("name", run.name());
        json.put("url", shapes.inRepository("/check-runs/" + run.id()));
        json.put("html_url", shapes.web("/" + shapes.name() + "/runs/" + run.id()));
        json.put("details_url", run.detailsUrl().isEmpty() ? null : run.detailsUrl());
        json.put("status", run.status());
        json.put("conclusion", run.conclusion().isEmpty() ? null : run.conclusion());
        json.put("started_at", run.started().toString());
        json.put("completed_at", text(run.completed()));
        json.put("output", output);
        json.put("check_suite", Map.of("id", 1));
        json.put("app", Map.of("id", 1, "slug", run.creator().login().replace("[bot]", "")));
        json.put("pull_requests", List.of());
        return json;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
