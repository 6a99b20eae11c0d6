package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.PullRequestChange.Kind;
import dev.bastion.sandbox.github.Review.Opinion;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /pulls/{number}/reviews}: what people said, in the order in which they said it. */
final class Reviews implements Resource {
    private final PullRequests pulls;
    private final Rulebook rules;
    private final BareRepository repository;
    private final PullShapes shapes;

    Reviews(PullRequests pulls, Rulebook rules, BareRepository repository, PullShapes shapes) {
        this.pulls = pulls;
        this.rules = rules;
        this.repository = repository;
        this.shapes = shapes;
        pulls.onChange(this::dismissStale);
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String all = root + "/repos/{owner}/{name}/pulls/{number}/reviews";
        routes.get(all, this::list);
        routes.post(all, this::create);
        routes.get(all + "/{review}", this::show);
        routes.put(all + "/{review}/dismissals", this::dismiss);
    }

    private PullRequest of(Context request) {
        return pulls.numbered(Answer.number(request, "number"));
    }

    private void list(Context request) {
        PullRequest pull = of(request);
        List<Review> page = Answer.page(request, pull.reviews());
        Answer.send(
                request,
                200,
                page.stream().map(review -> shapes.review(pull, review)).toList());
    }

    private void show(Context request) {
        PullRequest pull = of(request);
        Answer.send(request, 200, shapes.review(pull, review(pull, Answer.number(request, "review"))));
    }

    private void create(Context request) {
        PullRequest pull = of(request);
        JsonNode body = Answer.read(request);
        Opinion opinion = switch (Answer.text(body, "event")) {
            case "APPROVE" -> Opinion.APPROVED;
            case "REQUEST_CHANGES" -> Opinion.CHANGES_REQUESTED;
            case "COMMENT" -> Opinion.COMMENTED;
            default -> throw refused("Event is not APPROVE, REQUEST_CHANGES or COMMENT");
        };
        String commit = Answer.text(body, "commit_id");
        Review review = submit(
                pull,
                Rest.caller(request),
                opinion,
                Answer.text(body, "body"),
                commit.isEmpty() ? pull.head() : commit);
        Answer.send(request, 200, shapes.review(pull, review));
    }

    Review submit(PullRequest pull, Account who, Opinion opinion, String body, String commit) {
        return pulls.locked(() -> {
            mayReview(pull, who, opinion, body);
            mustBeThere(commit);
            Review review = new Review(pulls.nextId(), who, opinion, body, commit, pulls.now());
            pull.reviewBook().add(review);
            pull.requestBook().remove(who);
            pulls.told(pull, Kind.REVIEWED);
            return review;
        });
    }

    private static void mayReview(PullRequest pull, Account who, Opinion opinion, String body) {
        boolean own = who.login().equals(pull.author().login());
        if (own && opinion == Opinion.APPROVED) {
            throw refused("Can not approve your own pull request");
        }
        if (own && opinion == Opinion.CHANGES_REQUESTED) {
            throw refused("Can not request changes on your own pull request");
        }
        if (opinion != Opinion.APPROVED && body.isBlank()) {
            throw refused("Body can't be blank");
        }
    }

    /** An old head may still be reviewed, also one that was forced away. */
    private void mustBeThere(String commit) {
        if (!commit.matches("[0-9a-f]{40}") || !repository.has(commit)) {
            throw refused("The commit " + commit + " is not part of the pull request");
        }
    }

    private void dismiss(Context request) {
        PullRequest pull = of(request);
        int id = Answer.number(request, "review");
        if (Answer.text(Answer.read(request), "message").isBlank()) {
            throw refused("Message can't be blank");
        }
        Answer.send(request, 200, shapes.review(pull, dismiss(pull, review(pull, id), Rest.caller(request))));
    }

    Review dismiss(PullRequest pull, Review review, Account who) {
        if (review.opinion() != Opinion.APPROVED && review.opinion() != Opinion.CHANGES_REQUESTED) {
            throw refused(
                    "Can not dismiss a " + review.opinion().name().toLowerCase(Locale.ROOT) + " pull request review");
        }
        return pulls.locked(() -> {
            pull.reviewBook().replaceAll(one -> one.id() == review.id() ? one.dismissed() : one);
            pulls.note(pull, "review_dismissed", who, Optional.empty());
            pulls.told(pull, Kind.REVIEWED);
            return review(pull, review.id());
        });
    }

    /** A push dismisses approvals where a ruleset says so, and nowhere else. */
    private void dismissStale(PullRequestChange change) {
        PullRequest pull = change.pullRequest();
        if (change.kind() == Kind.HEAD_MOVED && rules.dismissesStaleReviews(pull.base())) {
            pull.reviews().stream()
                    .filter(review -> review.opinion() == Opinion.APPROVED)
                    .filter(review -> !review.commit().equals(pull.head()))
                    .forEach(review -> dismiss(pull, review, pull.author()));
        }
    }

    private static Review review(PullRequest pull, long id) {
        return pull.reviews().stream()
                .filter(review -> review.id() == id)
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private static Problem refused(String why) {
        return new Problem(422, "Unprocessable Entity", List.of(why));
    }
}
