package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;

/**
 * A comment on a pull request.
 *
 * @param body Markdown
 */
public record Comment(long id, Account author, String body, Instant created, Instant updated) {
    Comment withBody(String text, Instant now) {
        return new Comment(id, author, text, created, now);
    }
}
