package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pull request. It changes only under the lock of {@link PullRequestStore}; any thread may read it. */
public final class PullRequest {
    private final int number;
    private final Account author;
    private final String branch;
    private final String base;
    private final Instant opened;
    private final List<Review> reviews = new CopyOnWriteArrayList<>();
    private final List<Comment> comments = new CopyOnWriteArrayList<>();
    private final List<String> labels = new CopyOnWriteArrayList<>();
    private final List<Account> requested = new CopyOnWriteArrayList<>();
    private final List<ReviewThread> threads = new CopyOnWriteArrayList<>();
    private final List<TimelineEvent> timeline = new CopyOnWriteArrayList<>();
    private volatile String title;
    private volatile String body;
    private volatile String head;
    private volatile String baseCommit;
    private volatile Account pusher;
    private volatile PullRequestState state = new PullRequestState.Open();
    private volatile Instant updated;

    /** @param pusher who pushed the head */
    PullRequest(
            int number,
            Account author,
            NewPullRequest proposal,
            String head,
            String baseCommit,
            Account pusher,
            Instant opened) {
        this.number = number;
        this.author = author;
        this.branch = proposal.branch();
        this.base = proposal.base();
        this.title = proposal.title();
        this.body = proposal.body();
        this.head = head;
        this.baseCommit = baseCommit;
        this.pusher = pusher;
        this.opened = opened;
        this.updated = opened;
    }

    /** The same as it is now, and stays. */
    PullRequest copy() {
        PullRequest copy = new PullRequest(
                number, author, new NewPullRequest(title, body, branch, base), head, baseCommit, pusher, opened);
        copy.reviews.addAll(reviews);
        copy.comments.addAll(comments);
        copy.labels.addAll(labels);
        copy.requested.addAll(requested);
        copy.threads.addAll(threads);
        copy.timeline.addAll(timeline);
        copy.state = state;
        copy.updated = updated;
        return copy;
    }

    public int number() {
        return number;
    }

    public Account author() {
        return author;
    }

    /** The branch it comes from. */
    public String branch() {
        return branch;
    }

    /** The branch it goes to. */
    public String base() {
        return base;
    }

    public Instant opened() {
        return opened;
    }

    public Instant updated() {
        return updated;
    }

    public String title() {
        return title;
    }

    /** Markdown, may be empty. */
    public String body() {
        return body;
    }

    /** The commit its branch has, or had last. */
    public String head() {
        return head;
    }

    /** The commit the base branch had when the head last moved; once merged, the one it had just before. */
    public String baseCommit() {
        return baseCommit;
    }

    /** Who pushed its head. */
    public Account pusher() {
        return pusher;
    }

    public PullRequestState state() {
        return state;
    }

    public boolean isOpen() {
        return state instanceof PullRequestState.Open;
    }

    /** Oldest first. */
    public List<Review> reviews() {
        return List.copyOf(reviews);
    }

    /** Oldest first. */
    public List<Comment> comments() {
        return List.copyOf(comments);
    }

    /** Conversations about lines, oldest first. */
    public List<ReviewThread> threads() {
        return List.copyOf(threads);
    }

    public List<String> labels() {
        return List.copyOf(labels);
    }

    /** Requested reviewers without a review. */
    public List<Account> requestedReviewers() {
        return List.copyOf(requested);
    }

    /** Its history, oldest first. */
    public List<TimelineEvent> timeline() {
        return List.copyOf(timeline);
    }

    void edit(String newTitle, String newBody) {
        title = newTitle;
        body = newBody;
    }

    void moveHead(String commit, String newBaseCommit, Account by) {
        head = commit;
        baseCommit = newBaseCommit;
        pusher = by;
    }

    void mergedOnto(String newBaseCommit) {
        baseCommit = newBaseCommit;
    }

    void setState(PullRequestState newState) {
        state = newState;
    }

    void touch(Instant now) {
        updated = now;
    }

    /** Adds a review, which fulfils a request for one. */
    void addReview(Review review) {
        reviews.add(review);
        requested.remove(review.author());
    }

    void replaceReview(Review review) {
        reviews.replaceAll(each -> each.id() == review.id() ? review : each);
    }

    void addComment(Comment comment) {
        comments.add(comment);
    }

    void replaceComment(Comment comment) {
        comments.replaceAll(each -> each.id() == comment.id() ? comment : each);
    }

    void removeComment(Comment comment) {
        comments.remove(comment);
    }

    void addThread(ReviewThread thread) {
        threads.add(thread);
    }

    void replaceThread(ReviewThread thread) {
        threads.replaceAll(each -> each.id() == thread.id() ? thread : each);
    }

    void setLabels(List<String> newLabels) {
        labels.clear();
        labels.addAll(newLabels);
    }

    /** False when this account is asked already. */
    boolean requestReview(Account reviewer) {
        return !requested.contains(reviewer) && requested.add(reviewer);
    }

    void withdrawReviewRequests(List<Account> reviewers) {
        requested.removeAll(reviewers);
    }

    void addEvent(TimelineEvent event) {
        timeline.add(event);
    }

    @Override
    public String toString() {
        return "#" + number + " " + title;
    }
}
