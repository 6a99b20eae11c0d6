package dev.bastion.sandbox.page;

import java.time.Instant;
import java.util.List;

/**
 * One pull request as the sandbox's forge has it.
 *
 * @param state the forge's word: open, merged, closed
 * @param author login of who opened it
 * @param body Markdown, may be empty
 * @param diff unified diff of what it would change
 * @param plan the plan's summary once CI has posted one, else empty
 */
public record PullRequestView(
        int number,
        String title,
        String state,
        String author,
        Instant opened,
        String branch,
        String head,
        String body,
        String diff,
        String plan,
        List<Review> reviews,
        List<Check> checks) {
    public PullRequestView {
        reviews = List.copyOf(reviews);
        checks = List.copyOf(checks);
    }

    /** What somebody said of it; {@code opinion} is the forge's word: APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED. */
    public record Review(String login, String opinion, String commit, String body) {}

    /** What a machine said of its head; {@code state} is pending, success, failure or error. */
    public record Check(String name, String state, String detail) {}
}
