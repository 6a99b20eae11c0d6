package dev.bastion.access.proposal;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;

/**
 * What somebody said of a proposal at the forge.
 *
 * @param login who, as the forge calls them
 * @param commit the head they looked at
 */
public record Review(long id, String login, Opinion opinion, CommitId commit, Instant at) {
    public enum Opinion {
        APPROVED,
        CHANGES_REQUESTED,
        /** It was something once, and was taken back. */
        DISMISSED,
        /** Said something without taking sides. */
        COMMENTED
    }
}
