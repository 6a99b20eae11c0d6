package dev.bastion.sandbox.page;

import java.time.Instant;
import java.util.List;

/**
 * A commit of the ledger, as the page shows it.
 *
 * @param commit the full id
 * @param at the committer's time
 * @param author name of who asked; {@code committer} name of who wrote it down
 * @param subject first line of the message; {@code body} the rest without the trailer block, may be empty
 * @param diff unified diff against the first parent, empty for the root commit
 */
public record LogEntry(
        String commit,
        Instant at,
        String author,
        String committer,
        String subject,
        String body,
        List<Trailer> trailers,
        String diff) {
    public LogEntry {
        trailers = List.copyOf(trailers);
    }

    /** One line of the trailer block. */
    public record Trailer(String key, String value) {}
}
