package dev.bastion.sandbox.github;

import java.time.Instant;

/**
 * A remark below a pull request.
 *
 * @param body Markdown
 */
public record Comment(long id, Account author, String body, Instant created, Instant updated) {
    Comment saying(String text, Instant now) {
        return new Comment(id, author, text, created, now);
    }
}
