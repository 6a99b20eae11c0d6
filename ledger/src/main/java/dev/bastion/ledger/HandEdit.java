package dev.bastion.ledger;

import dev.bastion.access.Person;
import dev.bastion.ledger.git.Commit;
import dev.bastion.ledger.git.Signature;
import java.time.Instant;

/** Somebody changed an environment file without the service; what counts is what the file says since. */
record HandEdit(Commit commit, FileState file) {
    static final String OURS = "@users.noreply.slack.invalid";

    /** How a person here signs a commit. */
    static Signature signatureOf(Person person) {
        return new Signature(person.name(), person.id() + OURS);
    }

    /** The commit's author, as far as they can be a person here. */
    Person by() {
        String mail = commit.authorMail();
        String id = mail.endsWith(OURS) ? mail.substring(0, mail.length() - OURS.length()) : mail;
        return Person.of(Person.of("unknown", id).name(), commit.authorName());
    }

    Instant at() {
        return commit.at();
    }
}
