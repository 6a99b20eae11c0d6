package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parser of the messages that {@link CommitMessage} writes. It ignores every message that has another form. */
public final class CommitMessageParser {
    private static final Pattern RETROACTIVE_APPROVAL =
            Pattern.compile("(\\S+ <\\S+>) " + CommitMessage.AFTER_THE_FACT);
    private static final Pattern APPROVAL =
            Pattern.compile("(\\S+ <\\S+>) \\((\\S+)\\) PR #(\\d{1,9}) review (\\d{1,18}) at (\\S+)");

    private static final Pattern APPROVAL_IN_SLACK = Pattern.compile("(\\S+ <\\S+>) PR #(\\d{1,9}) at (\\S+)");

    private final TrailerValues values;

    private CommitMessageParser(TrailerValues values) {
        this.values = values;
    }

    /** The entry in the message; empty when the message has none, or an incomplete one. */
    public static Optional<LedgerEntry> read(String message) {
        return ParsedMessage.read(message).entry();
    }

    /** The same of trailers with an action of this kind. */
    static Optional<LedgerEntry> read(Trailers trailers) {
        return TrailerValues.parse(trailers, values -> new CommitMessageParser(values).entry());
    }

    private LedgerEntry entry() {
        Action action = Action.fromWord(values.text(CommitMessage.ACTION)).orElseThrow();
        Person holder = values.person(CommitMessage.HOLDER);
        return new LedgerEntry(
                action,
                values.environment(),
                values.requestId(CommitMessage.REQUEST),
                holder,
                actor(action, holder),
                values.reason(),
                isAsked(action) ? values.origin() : Optional.empty(),
                values.instant(CommitMessage.CREATED_AT),
                values.instant(CommitMessage.EXPIRES_AT),
                isClosing(action) ? Optional.of(values.instant(CommitMessage.ENDED_AT)) : Optional.empty(),
                action == Action.END ? inactive() : Optional.empty(),
                isClosing(action) ? Optional.of(values.commit(CommitMessage.REVERTS)) : Optional.empty(),
                values.trailers().single(CommitMessage.MESSAGE).map(AnnouncementRef::new),
                approvalBasis(action),
                values.trailers().single(CommitMessage.PROPOSED_IN).map(URI::create),
                values.memberships(
                        action == Action.APPROVE ? actor(action, holder).orElseThrow() : holder));
    }

    /** Whether a person asks for it, by one of the ways that there are. */
    private static boolean isAsked(Action action) {
        return action == Action.OPEN || action == Action.EXTEND || action == Action.END;
    }

    private static boolean isClosing(Action action) {
        return action == Action.END || action == Action.EXPIRE;
    }

    private Optional<Person> actor(Action action, Person holder) {
        return switch (action) {
            case OPEN -> Optional.of(holder);
            case EXTEND -> Optional.of(values.person(CommitMessage.EXTENDED_BY));
            case END -> Optional.of(endedBy());
            case START, EXPIRE -> Optional.empty();
            case APPROVE ->
                Optional.of(TrailerValues.parsePerson(
                        TrailerValues.match(RETROACTIVE_APPROVAL, values.text(CommitMessage.APPROVED_BY))
                                .group(1)));
        };
    }

    private Person endedBy() {
        boolean isOlder = values.trailers().single(CommitMessage.ENDED_BY).isEmpty();
        return values.person(isOlder ? CommitMessage.REVOKED_BY : CommitMessage.ENDED_BY);
    }

    private Optional<InactiveAccount> inactive() {
        return values.trailers().single(CommitMessage.ENDED_BECAUSE).flatMap(InactiveAccount::fromWord);
    }

    private ApprovalBasis approvalBasis(Action action) {
        return switch (action) {
            case OPEN -> hasApproval() ? approved(Optional.empty()) : breakGlass();
            case EXTEND ->
                hasApproval()
                        ? approved(values.trailers()
                                .single(CommitMessage.APPROVED_HEAD)
                                .map(CommitId::new))
                        : new ApprovalBasis.ByPolicy();
            case START ->
                hasApproval()
                        ? approved(Optional.of(values.commit(CommitMessage.APPROVED_HEAD)))
                        : new ApprovalBasis.ByPolicy();
            case APPROVE, END, EXPIRE -> new ApprovalBasis.ByPolicy();
        };
    }

    private boolean hasApproval() {
        return values.trailers().single(CommitMessage.APPROVED_AT).isPresent();
    }

    private ApprovalBasis approved(Optional<CommitId> head) {
        Stream<Approval> reviews =
                values.trailers().valuesOf(CommitMessage.APPROVED_BY).stream().map(CommitMessageParser::parseReview);
        Stream<Approval> inSlack = values.trailers().valuesOf(CommitMessage.APPROVED_IN_SLACK).stream()
                .map(CommitMessageParser::parseInSlack);
        List<Approval> approvals = Stream.concat(reviews, inSlack)
                .map(approval -> approval.by(values.memberships(approval.by())))
                .toList();
        return new ApprovalBasis.Approved(
                approvals,
                GrantDuration.parse(values.text(CommitMessage.DURATION)),
                values.instant(CommitMessage.APPROVED_AT),
                head);
    }

    private ApprovalBasis breakGlass() {
        return values.trailers()
                .single(CommitMessage.BREAK_GLASS)
                .filter(CommitMessage.BREAK_GLASS_USED::equals)
                .<ApprovalBasis>map(_ -> new ApprovalBasis.BreakGlass(Optional.empty()))
                .orElse(new ApprovalBasis.ByPolicy());
    }

    private static Approval parseInSlack(String text) {
        Matcher match = TrailerValues.match(APPROVAL_IN_SLACK, text);
        return Approval.inSlack(
                TrailerValues.parsePerson(match.group(1)),
                Integer.parseInt(match.group(2)),
                TrailerValues.parseInstant(match.group(3)));
    }

    private static Approval parseReview(String text) {
        Matcher match = TrailerValues.match(APPROVAL, text);
        return new Approval(
                TrailerValues.parsePerson(match.group(1)),
                match.group(2),
                Integer.parseInt(match.group(3)),
                Long.parseLong(match.group(4)),
                TrailerValues.parseInstant(match.group(5)));
    }
}
