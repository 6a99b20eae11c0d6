package dev.bastion.ledger.entry;

import dev.bastion.access.grant.CommitId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trailer of an entry that says where the observations are, where they are notes: the ref, and its head when the entry was
 * written. The entry's signature covers it, so notes that are dropped later are missed.
 */
public final class NotesReference {
    private static final String KEY = "Observations";
    private static final Pattern LINE = Pattern.compile("\n" + KEY + ": refs/notes/bastion ([0-9a-f]{40})\n");

    private NotesReference() {}

    /** The message of an entry with the reference as its last trailer. */
    public static String addTo(String message, CommitId notes) {
        return message + new Trailer(KEY, "refs/notes/bastion " + notes) + "\n";
    }

    /** The head that a message names; empty when it names none. */
    public static Optional<CommitId> in(String message) {
        Matcher found = LINE.matcher(message.endsWith("\n") ? message : message + "\n");
        return found.find() ? Optional.of(new CommitId(found.group(1))) : Optional.empty();
    }
}
