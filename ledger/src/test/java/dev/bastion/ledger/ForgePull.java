package dev.bastion.ledger;

import dev.bastion.access.CommitId;
import dev.bastion.ledger.github.PullRequest;
import dev.bastion.ledger.github.PullRequestReview;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pull request of a {@link SmallForge}. */
final class ForgePull {
    final int number;
    final String author;
    final String branch;
    final String title;
    final String body;
    final Instant createdAt;
    final Set<String> labels = new LinkedHashSet<>();
    final List<String> comments = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<PullRequestReview> reviews = new ArrayList<>();
    CommitId head;
    String base = "main";
    PullRequest.State state = new PullRequest.State.Open();
    Optional<String> closedBy = Optional.empty();

    ForgePull(int number, String author, String branch, CommitId head, String title, String body, Instant createdAt) {
        this.number = number;
        this.author = author;
        this.branch = branch;
        this.head = head;
        this.title = title;
        this.body = body;
        this.createdAt = createdAt;
    }

    boolean isOpen() {
        return state instanceof PullRequest.State.Open;
    }

    PullRequest seen(PullRequest.Mergeability mergeability) {
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
                List.copyOf(labels),
                mergeability);
    }
}
