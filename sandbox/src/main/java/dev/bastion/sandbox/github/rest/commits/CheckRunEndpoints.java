package dev.bastion.sandbox.github.rest.commits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.status.CheckRun;
import dev.bastion.sandbox.github.status.CheckRunStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints {@code /check-runs}; only apps may create check runs. */
public final class CheckRunEndpoints implements Endpoints {
    private static final List<String> STATUSES = List.of("queued", "in_progress", "completed");
    private static final List<String> CONCLUSIONS =
            List.of("action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out");

    private final GitReplica replica;
    private final CheckRunStore runs;
    private final ApiJson apiJson;
    private final InstantSource clock;

    public CheckRunEndpoints(GitReplica replica, CheckRunStore runs, ApiJson apiJson, InstantSource clock) {
        this.replica = replica;
        this.runs = runs;
        this.apiJson = apiJson;
        this.clock = clock;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String repo = root + "/repos/{owner}/{name}";
        routes.post(repo + "/check-runs", this::create);
        routes.patch(repo + "/check-runs/{run}", this::update);
        routes.get(repo + "/check-runs/{run}", request -> JsonExchange.send(request, 200, shape(find(request))));
        routes.get(repo + "/commits/<ref>/check-runs", this::list);
    }

    private void create(Context request) {
        Account caller = mustBeApp(request);
        JsonNode body = JsonExchange.read(request);
        String sha = JsonExchange.text(body, "head_sha");
        if (!sha.matches("[0-9a-f]{40}") || !replica.has(sha)) {
            throw GitHubException.unprocessable("No commit found for SHA: " + sha);
        }
        if (JsonExchange.text(body, "name").isEmpty()) {
            throw GitHubException.field("CheckRun", "name", "missing_field");
        }
        Instant now = now();
        CheckRun blank = new CheckRun(
                runs.nextId(),
                sha,
                JsonExchange.text(body, "name"),
                "queued",
                "",
                "",
                "",
                JsonExchange.nothing(),
                caller,
                now,
                null);
        CheckRun run = told(blank, body, now);
        runs.add(run);
        JsonExchange.send(request, 201, shape(run));
    }

    private void update(Context request) {
        mustBeApp(request);
        JsonNode body = JsonExchange.read(request);
        CheckRun updated = told(find(request), body, now());
        runs.replace(updated);
        JsonExchange.send(request, 200, shape(updated));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Account mustBeApp(Context request) {
        Account caller = RestApi.caller(request);
        if (!caller.type().equals("Bot")) {
            throw new GitHubException(403, "You must authenticate via a GitHub App.");
        }
        return caller;
    }

    private static CheckRun told(CheckRun before, JsonNode body, Instant now) {
        String conclusion = otherwise(JsonExchange.text(body, "conclusion"), before.conclusion());
        String status =
                conclusion.isEmpty() ? otherwise(JsonExchange.text(body, "status"), before.status()) : "completed";
        if (!STATUSES.contains(status) || (!conclusion.isEmpty() && !CONCLUSIONS.contains(conclusion))) {
            throw GitHubException.unprocessable("Invalid request.\n\nNo subschema in \"oneOf\" matched.");
        }
        if (status.equals("completed") && conclusion.isEmpty()) {
            throw GitHubException.unprocessable("Invalid request.\n\n\"conclusion\" wasn't supplied.");
        }
        return new CheckRun(
                before.id(),
                before.commit(),
                otherwise(JsonExchange.text(body, "name"), before.name()),
                status,
                conclusion,
                otherwise(JsonExchange.text(body, "details_url"), before.detailsUrl()),
                otherwise(JsonExchange.text(body, "external_id"), before.externalId()),
                body.hasNonNull("output") ? body.path("output") : before.output(),
                before.creator(),
                before.started(),
                status.equals("completed") ? now : null);
    }

    private static String otherwise(String text, String instead) {
        return text.isEmpty() ? instead : text;
    }

    private void list(Context request) {
        String commit = replica.require(request.pathParam("ref"));
        Optional<String> name = Optional.ofNullable(request.queryParam("check_name"));
        boolean every = "all".equals(request.queryParam("filter"));
        List<CheckRun> found = (every ? runs.of(commit) : runs.latest(commit))
                .stream()
                        .filter(run -> replica.shows(run.started()))
                        .filter(run -> name.isEmpty() || name.get().equals(run.name()))
                        .toList();
        List<CheckRun> page = JsonExchange.page(request, found);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total_count", found.size());
        json.put("check_runs", page.stream().map(this::shape).toList());
        JsonExchange.send(request, 200, json);
    }

    private CheckRun find(Context request) {
        return runs.find(JsonExchange.number(request, "run"));
    }

    private Map<String, Object> shape(CheckRun run) {
        Map<String, Object> output = new LinkedHashMap<>();
        for (String part : List.of("title", "summary", "text")) {
            output.put(
                    part,
                    run.output().hasNonNull(part) ? run.output().path(part).asText() : null);
        }
        output.put("annotations_count", 0);
        output.put("annotations_url", apiJson.inRepository("/check-runs/" + run.id() + "/annotations"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", run.id());
        json.put("node_id", "CR_" + run.id());
        json.put("head_sha", run.commit());
        json.put("external_id", run.externalId());
        json.put("name", run.name());
        json.put("url", apiJson.inRepository("/check-runs/" + run.id()));
        json.put("html_url", apiJson.web("/" + apiJson.name() + "/runs/" + run.id()));
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
