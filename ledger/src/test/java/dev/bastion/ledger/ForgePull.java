package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pull request of a {@link FakeForge}. */
public final class ForgePull {
    public final int number;
    public final String author;
    public final String branch;
    public final String title;
    public final String body;
    public final Instant createdAt;
    public final Set<String> labels = new LinkedHashSet<>();
    public final List<String> comments = new ArrayList<>();
    public final List<String> asked = new ArrayList<>();
    public final List<PullRequestReview> reviews = new ArrayList<>();
    public CommitId head;
    public String base = "main";
    public PullRequest.State state = new PullRequest.State.Open();
    public Optional<String> closedBy = Optional.empty();
    /** What each account wrote last. */
    public final Map<String, String> words = new HashMap<>();

    public Instant updatedAt;

    public ForgePull(
            int number, String author, String branch, CommitId head, String title, String body, Instant createdAt) {
        this.number = number;
        this.author = author;
        this.branch = branch;
        this.head = head;
        this.title = title;
        this.body = body;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    public boolean isOpen() {
        return state instanceof PullRequest.State.Open;
    }

    public PullRequest seen(PullRequest.Mergeability mergeability) {
        return new PullRequest(
                number,
                URI.create("https://forge.example/acme/environments/pull/" + number),
                author,
                head,
                branch,
                true,
                base,
                state,
                createdAt,
                updatedAt,
                List.copyOf(labels),
                mergeability);
    }
}
