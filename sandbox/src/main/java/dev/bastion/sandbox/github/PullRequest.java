package dev.bastion.sandbox.github;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pull request. Changed under the lock of {@link PullRequests}, read by any thread. */
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
    private final List<Deed> deeds = new CopyOnWriteArrayList<>();
    private volatile String title;
    private volatile String body;
    private volatile String head;
    private volatile String baseCommit;
    private volatile Fate fate = new Fate.Open();
    private volatile Instant updated;

    PullRequest(int number, Account author, Proposal proposal, String head, String baseCommit, Instant opened) {
        this.number = number;
        this.author = author;
        this.branch = proposal.branch();
        this.base = proposal.base();
        this.title = proposal.title();
        this.body = proposal.body();
        this.head = head;
        this.baseCommit = baseCommit;
        this.opened = opened;
        this.updated = opened;
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

    public Fate fate() {
        return fate;
    }

    public boolean isOpen() {
        return fate instanceof Fate.Open;
    }

    /** Oldest first. */
    public List<Review> reviews() {
        return List.copyOf(reviews);
    }

    /** Oldest first. */
    public List<Comment> comments() {
        return List.copyOf(comments);
    }

    public List<String> labels() {
        return List.copyOf(labels);
    }

    /** Who was asked for a review and has not given one. */
    public List<Account> requestedReviewers() {
        return List.copyOf(requested);
    }

    /** Its history, oldest first. */
    public List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    void edit(String newTitle, String newBody) {
        title = newTitle;
        body = newBody;
    }

    void headIs(String commit, String baseIs) {
        head = commit;
        baseCommit = baseIs;
    }

    void becomes(Fate now) {
        fate = now;
    }

    void touched(Instant now) {
        updated = now;
    }

    List<Review> reviewBook() {
        return reviews;
    }

    List<Comment> commentBook() {
        return comments;
    }

    List<String> labelBook() {
        return labels;
    }

    List<Account> requestBook() {
        return requested;
    }

    List<Deed> deedBook() {
        return deeds;
    }

    @Override
    public String toString() {
        return "#" + number + " " + title;
    }
}
