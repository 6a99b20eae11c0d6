package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.PullRequestChange.Kind;
import java.time.Instant;

/** Comments of pull requests. */
public final class CommentStore {
    private final PullRequestStore pulls;

    public CommentStore(PullRequestStore pulls) {
        this.pulls = pulls;
    }

    /** A comment and the pull request it belongs to. */
    public record Placed(PullRequest pull, Comment comment) {}

    /** @throws GitHubException when there is none with this id */
    public Placed find(long id) {
        return pulls.all().stream()
                .flatMap(pull -> pull.comments().stream().map(comment -> new Placed(pull, comment)))
                .filter(placed -> placed.comment().id() == id)
                .findFirst()
                .orElseThrow(GitHubException::notFound);
    }

    public Comment add(PullRequest pull, Account author, String text) {
        return pulls.locked(() -> {
            Instant now = pulls.now();
            Comment comment = new Comment(pulls.nextId(), author, text, now, now);
            pull.addComment(comment);
            pulls.changed(pull, Kind.COMMENTED);
            return comment;
        });
    }

    public Placed edit(Placed placed, String text) {
        return pulls.locked(() -> {
            Comment edited = placed.comment().withBody(text, pulls.now());
            placed.pull().replaceComment(edited);
            pulls.changed(placed.pull(), Kind.COMMENTED);
            return new Placed(placed.pull(), edited);
        });
    }

    public void delete(Placed placed) {
        pulls.locked(() -> {
            placed.pull().removeComment(placed.comment());
            pulls.changed(placed.pull(), Kind.COMMENTED);
            return placed;
        });
    }
}
