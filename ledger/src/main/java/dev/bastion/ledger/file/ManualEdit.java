package dev.bastion.ledger.file;

import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.Signature;
import java.time.Instant;

/** Somebody changed an environment file without the service; what counts is what the file says since. */
public record ManualEdit(Commit commit, FileState file) {
    private static final String REASON = "Reason:";
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
                .map(line -> cut(line.substring(REASON.length()).strip()))
                .map(Reason::of)
                .orElse(Reason.NONE);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= Reason.LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Reason.LONGEST));
    }
}
