package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * An open pull request into the branch that counts, as git and the forge had it at one moment.
 *
 * @param author the login of whoever opened it; empty when the service itself did
 * @param reviews all of them, oldest first
 * @param edits what it makes of environments; empty when it touches none
 * @param problems why it cannot be let in as it is, whatever it makes of environments: wrong policy files, files that the
 *     branch has moved meanwhile, what cannot be read
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
