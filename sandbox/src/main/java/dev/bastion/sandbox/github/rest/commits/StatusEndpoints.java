package dev.bastion.sandbox.github.rest.commits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.status.CheckState;
import dev.bastion.sandbox.github.status.CommitStatus;
import dev.bastion.sandbox.github.status.StatusStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The endpoints {@code /statuses} and {@code /status}: create, list and combine the statuses of commits. */
public final class StatusEndpoints implements Endpoints {
    private static final List<String> STATES = List.of("error", "failure", "pending", "success");
    private static final int LONGEST_DESCRIPTION = 140;

    private final GitReplica replica;
    private final StatusStore statuses;
    private final ApiJson apiJson;
    private final InstantSource clock;
    private final AtomicLong ids = new AtomicLong();

    public StatusEndpoints(GitReplica replica, StatusStore statuses, ApiJson apiJson, InstantSource clock) {
        this.replica = replica;
        this.statuses = statuses;
        this.apiJson = apiJson;
        this.clock = clock;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String repo = root + "/repos/{owner}/{name}";
        routes.post(repo + "/statuses/{sha}", this::create);
        routes.get(repo + "/statuses/<ref>", this::list);
        routes.get(repo + "/commits/<ref>/statuses", this::list);
        routes.get(repo + "/commits/<ref>/status", this::combined);
    }

    private void create(Context request) {
        String sha = request.pathParam("sha");
        if (!sha.matches("[0-9a-f]{40}") || !replica.has(sha)) {
            throw GitHubException.unprocessable("No commit found for SHA: " + sha);
        }
        CommitStatus status = read(JsonExchange.read(request), sha, RestApi.caller(request));
        statuses.add(status);
        JsonExchange.send(request, 201, shape(status));
    }

    private CommitStatus read(JsonNode body, String sha, Account creator) {
        String state = body.path("state").asText("");
        String description = body.path("description").asText("");
        if (!STATES.contains(state)) {
            throw GitHubException.unprocessable("Validation Failed: state is not included in the list");
        }
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION) {
            throw GitHubException.unprocessable(
                    "Validation Failed: description is too long (maximum is 140 characters)");
        }
        return new CommitStatus(
                ids.incrementAndGet(),
                sha,
                body.path("context").asText("default"),
                state,
                description,
                body.path("target_url").asText(""),
                creator,
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private void list(Context request) {
        List<CommitStatus> page = JsonExchange.page(request, shown(commit(request)));
        JsonExchange.send(request, 200, page.stream().map(this::shape).toList());
    }

    /** Newest first. */
    private List<CommitStatus> shown(String commit) {
        return statuses.of(commit).stream()
                .filter(status -> replica.shows(status.at()))
                .toList();
    }

    private void combined(Context request) {
        String commit = commit(request);
        Map<String, CommitStatus> newest = StatusStore.newest(shown(commit));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", word(StatusStore.verdict(newest)));
        json.put("statuses", newest.values().stream().map(this::shape).toList());
        json.put("sha", commit);
        json.put("total_count", newest.size());
        json.put("repository", apiJson.repository());
        json.put("commit_url", apiJson.inRepository("/commits/" + commit));
        json.put("url", apiJson.inRepository("/commits/" + commit + "/status"));
        JsonExchange.send(request, 200, json);
    }

    private static String word(CheckState verdict) {
        return switch (verdict) {
            case MISSING, PENDING -> "pending";
            case FAILING -> "failure";
            case PASSED -> "success";
        };
    }

    private String commit(Context request) {
        return replica.require(request.pathParam("ref"));
    }

    private Map<String, Object> shape(CommitStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", apiJson.inRepository("/statuses/" + status.commit()));
        json.put("id", status.id());
        json.put("node_id", "SC_" + status.id());
        json.put("state", status.state());
        json.put("description", status.description());
        json.put("target_url", status.targetUrl().isEmpty() ? null : status.targetUrl());
        json.put("context", status.context());
        json.put("created_at", status.at().toString());
        json.put("updated_at", status.at().toString());
        Map<String, Object> creator = apiJson.account(status.creator());
        json.put("avatar_url", creator.get("avatar_url"));
        json.put("creator", creator);
        return json;
    }
}
