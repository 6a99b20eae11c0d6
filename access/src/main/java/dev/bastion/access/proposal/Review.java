package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;

/**
 * A review of a proposal on GitHub.
 *
 * @param login the reviewer's GitHub login
 * @param commit the reviewed head
 */
public record Review(long id, String login, Opinion opinion, CommitId commit, Instant at) {
    public enum Opinion {
        APPROVED,
        CHANGES_REQUESTED,
        /** Withdrawn. */
        DISMISSED,
        /** Neither for nor against. */
        COMMENTED
    }
}
