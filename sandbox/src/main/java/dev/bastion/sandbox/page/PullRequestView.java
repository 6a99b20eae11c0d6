package dev.bastion.sandbox.page;

import java.time.Instant;
import java.util.List;

/**
 * A pull request, as the page shows it.
 *
 * @param state GitHub's word: open, merged, closed
 * @param author login of who opened it
 * @param ended who closed or merged it; empty while it is open
 * @param branch where it comes from; {@code base} where it goes to
 * @param head the full id of its last commit
 * @param body Markdown, may be empty
 * @param diff unified diff of what it would change
 * @param awaited logins of requested reviewers without a review
 * @param plans what CI says it would do, as Markdown; may be empty
 * @param talk reviews and comments, oldest first
 */
public record PullRequestView(
        int number,
        String title,
        String state,
        String author,
        Instant opened,
        String ended,
        String branch,
        String base,
        String head,
        String body,
        String diff,
        List<String> labels,
        List<String> awaited,
        List<String> plans,
        List<Check> checks,
        List<Said> talk) {
    public PullRequestView {
        labels = List.copyOf(labels);
        awaited = List.copyOf(awaited);
        plans = List.copyOf(plans);
        checks = List.copyOf(checks);
        talk = List.copyOf(talk);
    }

    /**
     * A review or a comment.
     *
     * @param kind GitHub's word of a review: APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED; REMARK for what is none
     * @param stale a review of a head that is no longer the head
     * @param body Markdown, may be empty
     */
    public record Said(String login, String kind, Instant at, boolean stale, String body) {}

    /**
     * A status or check run of its head.
     *
     * @param state pending, success, failure or error
     * @param address the page with details; may be empty
     */
    public record Check(String name, String state, String detail, String address) {}
}
