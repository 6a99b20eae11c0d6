package dev.bastion.ledger.file;

import dev.bastion.access.grant.Person;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.Signature;
import java.time.Instant;

/** Somebody changed an environment file without the service; what counts is what the file says since. */
public record ManualEdit(Commit commit, FileState file) {
    static final String OURS = "@users.noreply.slack.invalid";

    /** How a person here signs a commit. */
    public static Signature signatureOf(Person person) {
        return new Signature(person.name(), person.id() + OURS);
    }

    /** The commit's author, as far as they can be a person here. */
    public Person by() {
        String mail = commit.authorMail();
        String id = mail.endsWith(OURS) ? mail.substring(0, mail.length() - OURS.length()) : mail;
        return Person.of(Person.of("unknown", id).name(), commit.authorName());
    }

    public Instant at() {
        return commit.at();
    }
}
