package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;

/**
 * A conversation about a line of a pull request.
 *
 * @param body Markdown
 * @param path the file
 * @param commit the head it is about
 */
public record ReviewThread(
        long id, Account author, String body, String path, String commit, Instant at, boolean isResolved) {
    ReviewThread resolved() {
        return new ReviewThread(id, author, body, path, commit, at, true);
    }
}
