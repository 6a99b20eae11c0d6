package dev.bastion.github;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;

/**
 * One review of a pull request.
 *
 * @param commit the head that was reviewed; forty zeros where GitHub does not name it
 */
public record PullRequestReview(long id, String login, State state, CommitId commit, Instant at) {
    public enum State {
        APPROVED,
        CHANGES_REQUESTED,
        COMMENTED,
        DISMISSED
    }
}
