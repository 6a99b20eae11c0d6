package dev.bastion.sandbox.page;

import java.time.Instant;
import java.util.List;

/**
 * A pull request, as the page shows it.
 *
 * @param state the forge's word: open, merged, closed
 * @param author login of who opened it
 * @param ended who closed or merged it; empty while it is open
 * @param branch where it comes from; {@code base} where it goes to
 * @param head the full id of its last commit
 * @param body Markdown, may be empty
 * @param diff unified diff of what it would change
 * @param awaited logins of those who were asked for a review and have not given one
 * @param plans what CI says it would do, as Markdown; may be empty
 * @param talk what was said of it, oldest first
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
     * What somebody said.
     *
     * @param kind the forge's word of a review: APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED; REMARK for what is none
     * @param stale a review of a head that is no longer the head
     * @param body Markdown, may be empty
     */
    public record Said(String login, String kind, Instant at, boolean stale, String body) {}

    /**
     * What a machine said of its head.
     *
     * @param state pending, success, failure or error
     * @param address where more is said; may be empty
     */
    public record Check(String name, String state, String detail, String address) {}
}
