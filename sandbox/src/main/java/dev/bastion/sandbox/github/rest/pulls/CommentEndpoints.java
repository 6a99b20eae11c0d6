package dev.bastion.sandbox.github.rest.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.Comment;
import dev.bastion.sandbox.github.pulls.CommentStore;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.pulls.PullRequestVersions;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** The endpoints {@code /issues/{number}/comments}: comments on pull requests. */
public final class CommentEndpoints implements Endpoints {
    private final PullRequestStore pulls;
    private final PullRequestVersions shown;
    private final CommentStore comments;
    private final PullRequestJson pullJson;

    public CommentEndpoints(
            PullRequestStore pulls, PullRequestVersions shown, CommentStore comments, PullRequestJson pullJson) {
        this.pulls = pulls;
        this.shown = shown;
        this.comments = comments;
        this.pullJson = pullJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String issues = root + "/repos/{owner}/{name}/issues";
        routes.get(issues + "/{number}/comments", this::list);
        routes.post(issues + "/{number}/comments", this::create);
        routes.get(issues + "/comments/{comment}", request -> send(request, 200, find(request)));
        routes.patch(issues + "/comments/{comment}", this::edit);
        routes.delete(issues + "/comments/{comment}", this::delete);
    }

    private void list(Context request) {
        PullRequest pull = shown.byNumber(JsonExchange.number(request, "number"));
        List<Comment> page = JsonExchange.page(request, pull.comments());
        JsonExchange.send(
                request,
                200,
                page.stream().map(comment -> pullJson.comment(pull, comment)).toList());
    }

    private void create(Context request) {
        PullRequest pull = pulls.byNumber(JsonExchange.number(request, "number"));
        Comment comment = comments.add(pull, RestApi.caller(request), body(request));
        send(request, 201, new CommentStore.Located(pull, comment));
    }

    private void edit(Context request) {
        send(request, 200, comments.edit(find(request), body(request)));
    }

    private void delete(Context request) {
        comments.delete(find(request));
        JsonExchange.sendNothing(request);
    }

    private CommentStore.Located find(Context request) {
        return comments.find(JsonExchange.number(request, "comment"));
    }

    private static String body(Context request) {
        JsonNode body = JsonExchange.read(request);
        if (JsonExchange.text(body, "body").isBlank()) {
            throw GitHubException.field("IssueComment", "body", "missing_field");
        }
        return JsonExchange.text(body, "body");
    }

    private void send(Context request, int status, CommentStore.Located located) {
        JsonExchange.send(request, status, pullJson.comment(located.pull(), located.comment()));
    }
}
