package dev.bastion.sandbox.github.rest.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.pulls.PullRequestVersions;
import dev.bastion.sandbox.github.pulls.Review;
import dev.bastion.sandbox.github.pulls.Review.Opinion;
import dev.bastion.sandbox.github.pulls.ReviewStore;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** The endpoints {@code /pulls/{number}/reviews}: list, submit and dismiss reviews. */
public final class ReviewEndpoints implements Endpoints {
    private final PullRequestStore pulls;
    private final PullRequestVersions shown;
    private final ReviewStore reviews;
    private final PullRequestJson pullJson;

    public ReviewEndpoints(
            PullRequestStore pulls, PullRequestVersions shown, ReviewStore reviews, PullRequestJson pullJson) {
        this.pulls = pulls;
        this.shown = shown;
        this.reviews = reviews;
        this.pullJson = pullJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String all = root + "/repos/{owner}/{name}/pulls/{number}/reviews";
        routes.get(all, this::list);
        routes.post(all, this::create);
        routes.get(all + "/{review}", this::show);
        routes.put(all + "/{review}/dismissals", this::dismiss);
    }

    private PullRequest shown(Context request) {
        return shown.byNumber(JsonExchange.number(request, "number"));
    }

    private PullRequest of(Context request) {
        return pulls.byNumber(JsonExchange.number(request, "number"));
    }

    private void list(Context request) {
        PullRequest pull = shown(request);
        List<Review> page = JsonExchange.page(request, pull.reviews());
        JsonExchange.send(
                request,
                200,
                page.stream().map(review -> pullJson.review(pull, review)).toList());
    }

    private void show(Context request) {
        PullRequest pull = shown(request);
        JsonExchange.send(
                request, 200, pullJson.review(pull, reviews.find(pull, JsonExchange.number(request, "review"))));
    }

    private void create(Context request) {
        PullRequest pull = of(request);
        JsonNode body = JsonExchange.read(request);
        Opinion opinion = switch (JsonExchange.text(body, "event")) {
            case "APPROVE" -> Opinion.APPROVED;
            case "REQUEST_CHANGES" -> Opinion.CHANGES_REQUESTED;
            case "COMMENT" -> Opinion.COMMENTED;
            default -> throw ReviewStore.unprocessable("Event is not APPROVE, REQUEST_CHANGES or COMMENT");
        };
        String commit = JsonExchange.text(body, "commit_id");
        Review review = reviews.submit(
                pull,
                RestApi.caller(request),
                opinion,
                JsonExchange.text(body, "body"),
                commit.isEmpty() ? pull.head() : commit);
        JsonExchange.send(request, 200, pullJson.review(pull, review));
    }

    private void dismiss(Context request) {
        PullRequest pull = of(request);
        int id = JsonExchange.number(request, "review");
        if (JsonExchange.text(JsonExchange.read(request), "message").isBlank()) {
            throw ReviewStore.unprocessable("Message can't be blank");
        }
        JsonExchange.send(
                request,
                200,
                pullJson.review(pull, reviews.dismiss(pull, reviews.find(pull, id), RestApi.caller(request))));
    }
}
