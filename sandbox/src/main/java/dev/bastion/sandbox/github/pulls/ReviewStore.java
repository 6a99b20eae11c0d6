package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.pulls.PullRequestChange.Kind;
import dev.bastion.sandbox.github.pulls.Review.Opinion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Reviews of pull requests, with GitHub's rules about who may give, change and dismiss them. */
public final class ReviewStore {
    private final PullRequestStore pulls;
    private final BareRepository repository;
    private final Predicate<String> dismissesStale;

    /** @param dismissesStale whether the rules of a branch dismiss approvals of an older head */
    public ReviewStore(PullRequestStore pulls, BareRepository repository, Predicate<String> dismissesStale) {
        this.pulls = pulls;
        this.repository = repository;
        this.dismissesStale = dismissesStale;
        pulls.onChange(this::dismissStale);
    }

    /** @throws GitHubException when there is none with this id */
    public Review find(PullRequest pull, long id) {
        return pull.reviews().stream()
                .filter(review -> review.id() == id)
                .findFirst()
                .orElseThrow(GitHubException::notFound);
    }

    /**
     * Adds a review.
     *
     * @param commit the head it is about; an older one is accepted, also after a forced push
     * @throws GitHubException 422 when GitHub would not accept it
     */
    public Review submit(PullRequest pull, Account reviewer, Opinion opinion, String body, String commit) {
        return pulls.locked(() -> {
            requireAllowed(pull, reviewer, opinion, body);
            requireCommit(commit);
            Review review = new Review(pulls.nextId(), reviewer, opinion, body, commit, pulls.now());
            pull.addReview(review);
            pulls.changed(pull, Kind.REVIEWED);
            return review;
        });
    }

    public Review dismiss(PullRequest pull, Review review, Account actor) {
        if (review.opinion() != Opinion.APPROVED && review.opinion() != Opinion.CHANGES_REQUESTED) {
            throw unprocessable(
                    "Can not dismiss a " + review.opinion().name().toLowerCase(Locale.ROOT) + " pull request review");
        }
        return pulls.locked(() -> {
            pull.replaceReview(find(pull, review.id()).dismissed());
            pulls.record(pull, "review_dismissed", actor, Optional.empty());
            pulls.changed(pull, Kind.REVIEWED);
            return find(pull, review.id());
        });
    }

    private static void requireAllowed(PullRequest pull, Account reviewer, Opinion opinion, String body) {
        boolean own = reviewer.login().equals(pull.author().login());
        if (own && opinion == Opinion.APPROVED) {
            throw unprocessable("Can not approve your own pull request");
        }
        if (own && opinion == Opinion.CHANGES_REQUESTED) {
            throw unprocessable("Can not request changes on your own pull request");
        }
        if (opinion != Opinion.APPROVED && body.isBlank()) {
            throw unprocessable("Body can't be blank");
        }
    }

    private void requireCommit(String commit) {
        if (!commit.matches("[0-9a-f]{40}") || !repository.has(commit)) {
            throw unprocessable("The commit " + commit + " is not part of the pull request");
        }
    }

    /** A push dismisses approvals only where a ruleset says so. */
    private void dismissStale(PullRequestChange change) {
        PullRequest pull = change.pullRequest();
        if (change.kind() == Kind.HEAD_MOVED && dismissesStale.test(pull.base())) {
            pull.reviews().stream()
                    .filter(review -> review.opinion() == Opinion.APPROVED)
                    .filter(review -> !review.commit().equals(pull.head()))
                    .forEach(review -> dismiss(pull, review, pull.author()));
        }
    }

    /** A refusal in the form that GitHub gives to those of reviews. */
    public static GitHubException unprocessable(String why) {
        return new GitHubException(422, "Unprocessable Entity", List.of(why));
    }
}
