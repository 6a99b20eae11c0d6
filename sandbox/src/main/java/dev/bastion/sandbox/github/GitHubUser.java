package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.Branches;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.merge.MergeOptions;
import dev.bastion.sandbox.github.merge.PullRequestMerger;
import dev.bastion.sandbox.github.pulls.Comment;
import dev.bastion.sandbox.github.pulls.CommentStore;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.pulls.Review;
import dev.bastion.sandbox.github.pulls.Review.Opinion;
import dev.bastion.sandbox.github.pulls.ReviewStore;
import dev.bastion.sandbox.github.pulls.ReviewThread;

/**
 * A person using GitHub's web pages: opens, reviews, comments, merges and closes pull requests. What GitHub refuses is a
 * {@link GitHubException} with GitHub's own message.
 */
public final class GitHubUser {
    private final Account account;
    private final PullRequestStore pulls;
    private final ReviewStore reviews;
    private final CommentStore comments;
    private final PullRequestMerger merger;
    private final Branches branches;

    GitHubUser(
            Account account,
            PullRequestStore pulls,
            ReviewStore reviews,
            CommentStore comments,
            PullRequestMerger merger,
            Branches branches) {
        this.account = account;
        this.pulls = pulls;
        this.reviews = reviews;
        this.comments = comments;
        this.merger = merger;
        this.branches = branches;
    }

    public Account account() {
        return account;
    }

    public PullRequest open(NewPullRequest proposal) {
        return pulls.open(account, proposal);
    }

    /** @param text Markdown, may be empty */
    public Review approve(int number, String text) {
        return review(number, Opinion.APPROVED, text);
    }

    public Review requestChanges(int number, String text) {
        return review(number, Opinion.CHANGES_REQUESTED, text);
    }

    private Review review(int number, Opinion opinion, String text) {
        PullRequest pull = pulls.byNumber(number);
        return reviews.submit(pull, account, opinion, text, pull.head());
    }

    /** Takes a review back, anybody's. */
    public Review dismiss(int number, Review review) {
        return reviews.dismiss(pulls.byNumber(number), review, account);
    }

    /** A remark below, without an opinion. */
    public Comment comment(int number, String text) {
        return comments.add(pulls.byNumber(number), account, text);
    }

    /** Begins a conversation about a line of a file. */
    public ReviewThread begin(int number, String path, String text) {
        return comments.begin(pulls.byNumber(number), account, path, text);
    }

    public void resolve(int number, ReviewThread thread) {
        comments.resolve(pulls.byNumber(number), thread);
    }

    public void close(int number) {
        pulls.close(pulls.byNumber(number), account);
    }

    public void reopen(int number) {
        pulls.reopen(pulls.byNumber(number), account);
    }

    /** With a merge commit, as the button does it; answers that commit's id. */
    public String merge(int number) {
        return merger.merge(pulls.byNumber(number), account, MergeOptions.DEFAULT);
    }

    /** Nothing happens when there is no such branch. */
    public void deleteBranch(String branch) {
        String tip = branches.tip(branch);
        if (!tip.equals(Push.NOTHING)) {
            branches.move(branch, tip, Push.NOTHING, account);
        }
    }
}
