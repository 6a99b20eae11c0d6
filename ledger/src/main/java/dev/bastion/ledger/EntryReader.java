package dev.bastion.ledger;

import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.Approval;
import dev.bastion.access.Consent;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.Person;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads back what {@link CommitText} wrote. A message that is not wholly of that form is somebody else's. */
final class EntryReader {
    private static final Pattern ENDORSED = Pattern.compile("(\\S+ <\\S+>) " + CommitText.AFTERWARDS);
    private static final Pattern APPROVED =
            Pattern.compile("(\\S+ <\\S+>) \\((\\S+)\\) PR #(\\d{1,9}) review (\\d{1,18}) at (\\S+)");

    private final Said said;

    private EntryReader(Said said) {
        this.said = said;
    }

    /** The entry the message holds; empty when it holds none, or not a whole one. */
    static Optional<LedgerEntry> read(String message) {
        return Said.in(message, said -> new EntryReader(said).entry());
    }

    private LedgerEntry entry() {
        Action action = Action.called(said.text(CommitText.ACTION)).orElseThrow();
        Person holder = said.person(CommitText.HOLDER);
        return new LedgerEntry(
                action,
                said.environment(),
                said.request(CommitText.REQUEST),
                holder,
                doer(action, holder),
                said.reason(),
                said.moment(CommitText.CREATED_AT),
                said.moment(CommitText.EXPIRES_AT),
                closes(action) ? Optional.of(said.moment(CommitText.ENDED_AT)) : Optional.empty(),
                closes(action) ? Optional.of(said.commit(CommitText.REVERTS)) : Optional.empty(),
                said.trailers().only(CommitText.MESSAGE).map(AnnouncementRef::new),
                consent(action),
                said.trailers().only(CommitText.PROPOSED_IN).map(URI::create));
    }

    private static boolean closes(Action action) {
        return action == Action.REVOKE || action == Action.EXPIRE;
    }

    private Optional<Person> doer(Action action, Person holder) {
        return switch (action) {
            case OPEN -> Optional.of(holder);
            case EXTEND -> Optional.of(said.person(CommitText.EXTENDED_BY));
            case REVOKE -> Optional.of(said.person(CommitText.REVOKED_BY));
            case START, EXPIRE -> Optional.empty();
            case APPROVE ->
                Optional.of(Said.signed(
                        Said.parts(ENDORSED, said.text(CommitText.APPROVED_BY)).group(1)));
        };
    }

    private Consent consent(Action action) {
        return switch (action) {
            case OPEN -> isApproved() ? approved() : broken();
            case EXTEND -> isApproved() ? approved() : new Consent.ByPolicy();
            case START, APPROVE, REVOKE, EXPIRE -> new Consent.ByPolicy();
        };
    }

    private boolean isApproved() {
        return said.trailers().only(CommitText.APPROVED_AT).isPresent();
    }

    private Consent approved() {
        List<Approval> approvals = said.trailers().every(CommitText.APPROVED_BY).stream()
                .map(EntryReader::approval)
                .toList();
        return new Consent.Approved(
                approvals, GrantDuration.parse(said.text(CommitText.DURATION)), said.moment(CommitText.APPROVED_AT));
    }

    private Consent broken() {
        return said.trailers()
                .only(CommitText.BREAK_GLASS)
                .filter(CommitText.BROKEN::equals)
                .<Consent>map(_ -> new Consent.BrokenGlass(Optional.empty()))
                .orElse(new Consent.ByPolicy());
    }

    private static Approval approval(String text) {
        Matcher parts = Said.parts(APPROVED, text);
        return new Approval(
                Said.signed(parts.group(1)),
                parts.group(2),
                Integer.parseInt(parts.group(3)),
                Long.parseLong(parts.group(4)),
                Said.instant(parts.group(5)));
    }
}
