package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.PullRequestChange.Kind;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /pulls/{number}/requested_reviewers}: who is asked to look. */
final class ReviewRequests implements Resource {
    private final PullRequests pulls;
    private final Accounts accounts;
    private final Shapes shapes;
    private final PullShapes pullShapes;

    ReviewRequests(PullRequests pulls, Accounts accounts, Shapes shapes, PullShapes pullShapes) {
        this.pulls = pulls;
        this.accounts = accounts;
        this.shapes = shapes;
        this.pullShapes = pullShapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String all = root + "/repos/{owner}/{name}/pulls/{number}/requested_reviewers";
        routes.get(all, this::list);
        routes.post(all, this::ask);
        routes.delete(all, this::withdraw);
    }

    private PullRequest of(Context request) {
        return pulls.numbered(Answer.number(request, "number"));
    }

    private void list(Context request) {
        Answer.send(
                request,
                200,
                Map.of(
                        "users",
                        of(request).requestedReviewers().stream()
                                .map(shapes::account)
                                .toList(),
                        "teams",
                        List.of()));
    }

    private void ask(Context request) {
        PullRequest pull = of(request);
        List<Account> asked = named(request);
        if (asked.contains(pull.author())) {
            throw Problem.unprocessable("Review cannot be requested from pull request author.");
        }
        pulls.locked(() -> {
            asked.stream().filter(one -> !pull.requestBook().contains(one)).forEach(one -> {
                pull.requestBook().add(one);
                pulls.note(pull, "review_requested", Rest.caller(request), Optional.empty());
            });
            pulls.told(pull, Kind.EDITED);
            return pull;
        });
        Answer.send(request, 201, pullShapes.brief(pull));
    }

    private void withdraw(Context request) {
        PullRequest pull = of(request);
        List<Account> named = named(request);
        pulls.locked(() -> {
            pull.requestBook().removeAll(named);
            pulls.told(pull, Kind.EDITED);
            return pull;
        });
        Answer.send(request, 200, pullShapes.brief(pull));
    }

    private List<Account> named(Context request) {
        return Answer.texts(Answer.read(request), "reviewers").stream()
                .map(login -> accounts.named(login)
                        .orElseThrow(() -> Problem.unprocessable("Reviews may only be requested from collaborators. One"
                                + " or more of the users or teams you specified is not a collaborator of the "
                                + shapes.name() + " repository.")))
                .toList();
    }
}
