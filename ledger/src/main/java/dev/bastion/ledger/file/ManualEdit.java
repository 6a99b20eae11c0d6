package dev.bastion.ledger.file;

import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.Signature;
import java.time.Instant;

/** A change to an environment file that the service did not write. The file's new state counts. */
public record ManualEdit(Commit commit, FileState file) {
    private static final String REASON = "Reason:";
    static final String SLACK_EMAIL_SUFFIX = "@users.noreply.slack.invalid";

    /** The author signature that the service writes for a person. */
    public static Signature signatureOf(Person person) {
        return new Signature(person.name(), person.id() + SLACK_EMAIL_SUFFIX);
    }

    /**
     * The commit's author as a person. An author from Slack keeps the user id; for others the email address stands in
     * for it.
     */
    public Person by() {
        String email = commit.authorEmail();
        String id = email.endsWith(SLACK_EMAIL_SUFFIX)
                ? email.substring(0, email.length() - SLACK_EMAIL_SUFFIX.length())
                : email;
        return Person.of(Person.of("unknown", id).name(), commit.authorName());
    }

    public Instant at() {
        return commit.at();
    }

    /** The reason that the commit, or the commit that it merged, gives. */
    public Reason reason() {
        Reason own = reasonIn(commit.message());
        return own.isGiven() ? own : commit.merged().map(ManualEdit::reasonIn).orElse(Reason.NONE);
    }

    /** What a line {@code Reason: …} of a commit message says, cut to the longest reason; the first such line counts. */
    public static Reason reasonIn(String message) {
        return message.lines()
                .filter(line -> line.startsWith(REASON))
                .findFirst()
                .map(line -> Reason.cut(line.substring(REASON.length())))
                .orElse(Reason.NONE);
    }
}
