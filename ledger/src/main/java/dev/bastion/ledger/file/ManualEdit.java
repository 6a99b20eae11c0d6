package dev.bastion.ledger.file;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.Signature;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A change to an environment file that the service did not write. The file's new state counts.
 *
 * @param context what the commit stands in, which decides how much of it is believed
 */
public record ManualEdit(Commit commit, FileState file, Context context) {
    /** The part of the history that a commit stands in. */
    public enum Context {
        /** Entries are messages of the right form. */
        UNSIGNED,
        /** Entries are not signed, and the commit moves another environment before this one. */
        UNSIGNED_AFTER_OTHERS,
        /** Entries are signed, and the commit moves one environment. */
        SIGNED,
        /** Entries are signed, and the commit moves several environments. */
        SIGNED_WITH_OTHERS
    }

    private static final int ID_DIGITS = 16;
    private static final String REASON = "Reason:";
    static final String SLACK_EMAIL_SUFFIX = "@users.noreply.slack.invalid";

    public ManualEdit(Commit commit, FileState file) {
        this(commit, file, Context.UNSIGNED);
    }

    /** The id of the grant that the edit opens, derived from the commit: one commit can open several. */
    public RequestId request(EnvironmentName environment) {
        String id = commit.id().value();
        return switch (context) {
            case UNSIGNED, SIGNED -> new RequestId(id.substring(0, ID_DIGITS).toUpperCase(Locale.ROOT));
            case UNSIGNED_AFTER_OTHERS, SIGNED_WITH_OTHERS -> RequestId.derivedFrom(id + " " + environment);
        };
    }

    public ApprovalBasis approvalBasis() {
        return switch (context) {
            case UNSIGNED, UNSIGNED_AFTER_OTHERS -> new ApprovalBasis.ByPolicy();
            case SIGNED, SIGNED_WITH_OTHERS -> new ApprovalBasis.Unconfirmed(Optional.empty());
        };
    }

    /** The author signature that the service writes for a person. */
    public static Signature signatureOf(Person person) {
        return new Signature(person.name(), person.id() + SLACK_EMAIL_SUFFIX);
    }

    /**
     * The commit's author as a person. An author from Slack keeps the user id; for others the email address stands in
     * for it, and for all where entries are signed: an unsigned commit can name anybody as its author.
     */
    public Person by() {
        String email = commit.authorEmail();
        String id = context == Context.UNSIGNED && email.endsWith(SLACK_EMAIL_SUFFIX)
                ? email.substring(0, email.length() - SLACK_EMAIL_SUFFIX.length())
                : email;
        return Person.of(Person.idFor(id), commit.authorName());
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
