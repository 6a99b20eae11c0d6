package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * An open pull request into the default branch, as git and GitHub had it at one moment.
 *
 * @param author the login of its author; empty when the service opened it
 * @param reviews all of them, oldest first
 * @param edits its changes to environments
 * @param problems why it cannot be merged, apart from its edits: invalid policy files, files that have changed on the
 *     branch, unreadable files
 */
public record ManualPullRequest(
        int number,
        Optional<String> author,
        CommitId head,
        List<Review> reviews,
        List<EnvironmentEdit> edits,
        List<String> problems) {
    public ManualPullRequest {
        reviews = List.copyOf(reviews);
        edits = List.copyOf(edits);
        problems = List.copyOf(problems);
    }
}
