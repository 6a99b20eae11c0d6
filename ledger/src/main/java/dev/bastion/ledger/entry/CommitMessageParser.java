package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads back what {@link CommitMessage} wrote. A message that is not wholly of that form is somebody else's. */
public final class CommitMessageParser {
    private static final Pattern ENDORSED = Pattern.compile("(\\S+ <\\S+>) " + CommitMessage.AFTERWARDS);
    private static final Pattern APPROVED =
            Pattern.compile("(\\S+ <\\S+>) \\((\\S+)\\) PR #(\\d{1,9}) review (\\d{1,18}) at (\\S+)");

    private final TrailerValues said;

    private CommitMessageParser(TrailerValues said) {
        this.said = said;
    }

    /** The entry the message holds; empty when it holds none, or not a whole one. */
    public static Optional<LedgerEntry> read(String message) {
        return TrailerValues.in(message, said -> new CommitMessageParser(said).entry());
    }

    private LedgerEntry entry() {
        Action action = Action.called(said.text(CommitMessage.ACTION)).orElseThrow();
        Person holder = said.person(CommitMessage.HOLDER);
        return new LedgerEntry(
                action,
                said.environment(),
                said.request(CommitMessage.REQUEST),
                holder,
                doer(action, holder),
                said.reason(),
                said.moment(CommitMessage.CREATED_AT),
                said.moment(CommitMessage.EXPIRES_AT),
                closes(action) ? Optional.of(said.moment(CommitMessage.ENDED_AT)) : Optional.empty(),
                closes(action) ? Optional.of(said.commit(CommitMessage.REVERTS)) : Optional.empty(),
                said.trailers().only(CommitMessage.MESSAGE).map(AnnouncementRef::new),
                approvalBasis(action),
                said.trailers().only(CommitMessage.PROPOSED_IN).map(URI::create));
    }

    private static boolean closes(Action action) {
        return action == Action.REVOKE || action == Action.EXPIRE;
    }

    private Optional<Person> doer(Action action, Person holder) {
        return switch (action) {
            case OPEN -> Optional.of(holder);
            case EXTEND -> Optional.of(said.person(CommitMessage.EXTENDED_BY));
            case REVOKE -> Optional.of(said.person(CommitMessage.REVOKED_BY));
            case START, EXPIRE -> Optional.empty();
            case APPROVE ->
                Optional.of(TrailerValues.signed(TrailerValues.parts(ENDORSED, said.text(CommitMessage.APPROVED_BY))
                        .group(1)));
        };
    }

    private ApprovalBasis approvalBasis(Action action) {
        return switch (action) {
            case OPEN -> isApproved() ? approved() : broken();
            case EXTEND -> isApproved() ? approved() : new ApprovalBasis.ByPolicy();
            case START, APPROVE, REVOKE, EXPIRE -> new ApprovalBasis.ByPolicy();
        };
    }

    private boolean isApproved() {
        return said.trailers().only(CommitMessage.APPROVED_AT).isPresent();
    }

    private ApprovalBasis approved() {
        List<Approval> approvals = said.trailers().every(CommitMessage.APPROVED_BY).stream()
                .map(CommitMessageParser::approval)
                .toList();
        return new ApprovalBasis.Approved(
                approvals,
                GrantDuration.parse(said.text(CommitMessage.DURATION)),
                said.moment(CommitMessage.APPROVED_AT));
    }

    private ApprovalBasis broken() {
        return said.trailers()
                .only(CommitMessage.BREAK_GLASS)
                .filter(CommitMessage.BROKEN::equals)
                .<ApprovalBasis>map(_ -> new ApprovalBasis.BreakGlass(Optional.empty()))
                .orElse(new ApprovalBasis.ByPolicy());
    }

    private static Approval approval(String text) {
        Matcher parts = TrailerValues.parts(APPROVED, text);
        return new Approval(
                TrailerValues.signed(parts.group(1)),
                parts.group(2),
                Integer.parseInt(parts.group(3)),
                Long.parseLong(parts.group(4)),
                TrailerValues.instant(parts.group(5)));
    }
}
