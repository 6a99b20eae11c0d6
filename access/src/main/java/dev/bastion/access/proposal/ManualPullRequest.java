package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * An open pull request into the default branch, as git and GitHub had it at one moment.
 *
 * @param author the login of its author; empty when the service opened it
 * @param reviews all of them, oldest first; none are read when it changes nothing that needs one
 * @param pushers not read either then
 */
public record ManualPullRequest(
        int number,
        Optional<String> author,
        CommitId head,
        List<Review> reviews,
        Pushers pushers,
        FileChanges changes) {
    public ManualPullRequest {
        reviews = List.copyOf(reviews);
    }
}
