package dev.bastion.ledger.file;

import dev.bastion.access.grant.Person;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.Signature;
import java.time.Instant;

/** A change to an environment file that the service did not write. The file's new state counts. */
public record ManualEdit(Commit commit, FileState file) {
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
}
