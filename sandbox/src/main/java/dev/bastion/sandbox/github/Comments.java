package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.PullRequestChange.Kind;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/** {@code /issues/{number}/comments}: what is said below a pull request. */
final class Comments implements Resource {
    private final PullRequests pulls;
    private final PullShapes shapes;

    Comments(PullRequests pulls, PullShapes shapes) {
        this.pulls = pulls;
        this.shapes = shapes;
    }

    private record Place(PullRequest pull, Comment comment) {}

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
        PullRequest pull = pulls.numbered(Answer.number(request, "number"));
        List<Comment> page = Answer.page(request, pull.comments());
        Answer.send(
                request,
                200,
                page.stream().map(comment -> shapes.comment(pull, comment)).toList());
    }

    private void create(Context request) {
        PullRequest pull = pulls.numbered(Answer.number(request, "number"));
        Comment comment = say(pull, Rest.caller(request), body(request));
        send(request, 201, new Place(pull, comment));
    }

    Comment say(PullRequest pull, Account who, String text) {
        return pulls.locked(() -> {
            Instant now = pulls.now();
            Comment comment = new Comment(pulls.nextId(), who, text, now, now);
            pull.commentBook().add(comment);
            pulls.told(pull, Kind.COMMENTED);
            return comment;
        });
    }

    private void edit(Context request) {
        Place place = find(request);
        Comment edited = place.comment().saying(body(request), pulls.now());
        pulls.locked(() -> {
            place.pull().commentBook().replaceAll(one -> one.id() == edited.id() ? edited : one);
            pulls.told(place.pull(), Kind.COMMENTED);
            return edited;
        });
        send(request, 200, new Place(place.pull(), edited));
    }

    private void delete(Context request) {
        Place place = find(request);
        pulls.locked(() -> {
            place.pull().commentBook().remove(place.comment());
            pulls.told(place.pull(), Kind.COMMENTED);
            return place;
        });
        Answer.sendNothing(request);
    }

    private Place find(Context request) {
        long id = Answer.number(request, "comment");
        return pulls.all().stream()
                .flatMap(pull -> pull.comments().stream().map(comment -> new Place(pull, comment)))
                .filter(place -> place.comment().id() == id)
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private static String body(Context request) {
        JsonNode body = Answer.read(request);
        if (Answer.text(body, "body").isBlank()) {
            throw Problem.field("IssueComment", "body", "missing_field");
        }
        return Answer.text(body, "body");
    }

    private void send(Context request, int status, Place place) {
        Answer.send(request, status, shapes.comment(place.pull(), place.comment()));
    }
}
