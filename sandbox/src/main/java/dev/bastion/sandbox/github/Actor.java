package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.Review.Opinion;

/**
 * Somebody with an account, doing on the forge's pages what people do there. What GitHub would not have is a
 * {@link Problem}, with GitHub's own words.
 */
public final class Actor {
    private final Account account;
    private final PullRequests pulls;
    private final Reviews reviews;
    private final Comments comments;
    private final Merges merges;
    private final Branches branches;

    Actor(Account account, PullRequests pulls, Reviews reviews, Comments comments, Merges merges, Branches branches) {
        this.account = account;
        this.pulls = pulls;
        this.reviews = reviews;
        this.comments = comments;
        this.merges = merges;
        this.branches = branches;
    }

    public Account account() {
        return account;
    }

    public PullRequest open(Proposal proposal) {
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
        PullRequest pull = pulls.numbered(number);
        return reviews.submit(pull, account, opinion, text, pull.head());
    }

    /** Takes a review back, anybody's. */
    public Review dismiss(int number, Review review) {
        return reviews.dismiss(pulls.numbered(number), review, account);
    }

    /** A remark below, without an opinion. */
    public Comment comment(int number, String text) {
        return comments.say(pulls.numbered(number), account, text);
    }

    public void close(int number) {
        pulls.close(pulls.numbered(number), account);
    }

    public void reopen(int number) {
        pulls.reopen(pulls.numbered(number), account);
    }

    /** With a merge commit, as the button does it; answers that commit's id. */
    public String merge(int number) {
        return merges.merge(pulls.numbered(number), account, Merges.Wish.PLAIN);
    }

    /** Nothing happens when there is no such branch. */
    public void deleteBranch(String branch) {
        String tip = branches.tip(branch);
        if (!tip.equals(Push.NOTHING)) {
            branches.move(branch, tip, Push.NOTHING, account);
        }
    }
}
