package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;

/**
 * A review of a pull request at one commit.
 *
 * @param commit the head it is about
 * @param body Markdown, may be empty
 */
public record Review(long id, Account author, Opinion opinion, String body, String commit, Instant at) {
    /** GitHub's words. */
    public enum Opinion {
        APPROVED,
        CHANGES_REQUESTED,
        COMMENTED,
        DISMISSED
    }

    Review dismissed() {
        return new Review(id, author, Opinion.DISMISSED, body, commit, at);
    }
}
