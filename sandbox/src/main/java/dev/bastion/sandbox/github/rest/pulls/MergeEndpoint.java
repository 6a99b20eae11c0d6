package dev.bastion.sandbox.github.rest.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.merge.MergeOptions;
import dev.bastion.sandbox.github.merge.PullRequestMerger;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.pulls.PullRequestVersions;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** The endpoints {@code /pulls/{number}/merge}: tell whether a pull request is merged, and merge it. */
public final class MergeEndpoint implements Endpoints {
    private final PullRequestStore pulls;
    private final PullRequestVersions shown;
    private final PullRequestMerger merger;

    public MergeEndpoint(PullRequestStore pulls, PullRequestVersions shown, PullRequestMerger merger) {
        this.pulls = pulls;
        this.shown = shown;
        this.merger = merger;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String merge = root + "/repos/{owner}/{name}/pulls/{number}/merge";
        routes.put(merge, this::merge);
        routes.get(merge, this::isMerged);
    }

    private void isMerged(Context request) {
        if (!(shown.byNumber(JsonExchange.number(request, "number")).state() instanceof PullRequestState.Merged)) {
            throw GitHubException.notFound();
        }
        JsonExchange.sendNothing(request);
    }

    private void merge(Context request) {
        JsonNode body = JsonExchange.readIfAny(request);
        String method = JsonExchange.text(body, "merge_method");
        String commit = merger.merge(
                pulls.byNumber(JsonExchange.number(request, "number")),
                RestApi.caller(request),
                new MergeOptions(
                        method.isEmpty() ? "merge" : method,
                        JsonExchange.text(body, "commit_title"),
                        JsonExchange.text(body, "commit_message"),
                        JsonExchange.text(body, "sha")));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sha", commit);
        json.put("merged", true);
        json.put("message", "Pull Request successfully merged");
        JsonExchange.send(request, 200, json);
    }
}
