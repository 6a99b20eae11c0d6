package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.PullRequestChange.Kind;
import java.time.Instant;

/** Comments of pull requests, and conversations about their lines. */
public final class CommentStore {
    private final PullRequestStore pulls;

    public CommentStore(PullRequestStore pulls) {
        this.pulls = pulls;
    }

    /** A comment and the pull request it belongs to. */
    public record Located(PullRequest pull, Comment comment) {}

    /** @throws GitHubException when there is none with this id */
    public Located find(long id) {
        return pulls.all().stream()
                .flatMap(pull -> pull.comments().stream().map(comment -> new Located(pull, comment)))
                .filter(located -> located.comment().id() == id)
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

    /** Begins a conversation about a line of a file. */
    public ReviewThread begin(PullRequest pull, Account author, String path, String text) {
        return pulls.locked(() -> {
            ReviewThread thread = new ReviewThread(pulls.nextId(), author, text, path, pull.head(), pulls.now(), false);
            pull.addThread(thread);
            pulls.changed(pull, Kind.COMMENTED);
            return thread;
        });
    }

    public void resolve(PullRequest pull, ReviewThread thread) {
        pulls.locked(() -> {
            pull.replaceThread(thread.resolved());
            pulls.changed(pull, Kind.COMMENTED);
            return thread;
        });
    }

    public Located edit(Located located, String text) {
        return pulls.locked(() -> {
            Comment edited = located.comment().withBody(text, pulls.now());
            located.pull().replaceComment(edited);
            pulls.changed(located.pull(), Kind.COMMENTED);
            return new Located(located.pull(), edited);
        });
    }

    public void delete(Located located) {
        pulls.locked(() -> {
            located.pull().removeComment(located.comment());
            pulls.changed(located.pull(), Kind.COMMENTED);
            return located;
        });
    }
}
