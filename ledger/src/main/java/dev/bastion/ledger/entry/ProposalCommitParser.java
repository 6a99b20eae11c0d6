package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The parser of the messages that {@link ProposalCommitMessage} writes. An extension's grant has only the values that
 * its message holds.
 */
public final class ProposalCommitParser {
    private final TrailerValues values;

    private ProposalCommitParser(TrailerValues values) {
        this.values = values;
    }

    /** The proposal in the message; empty when the message has none, or an incomplete one. */
    public static Optional<ProposalEntry> read(String message) {
        return ParsedMessage.read(message).proposal();
    }

    /** Whether the message says that its commit proposes a change, also one that is not understood. */
    public static boolean isProposal(String message) {
        return Trailers.parse(message)
                .single(CommitMessage.ACTION)
                .filter(ProposalCommitMessage.PROPOSE::equals)
                .isPresent();
    }

    /** The same of trailers with an action of this kind. */
    static Optional<ProposalEntry> read(Trailers trailers) {
        return TrailerValues.parse(trailers, values -> new ProposalCommitParser(values).entry());
    }

    private ProposalEntry entry() {
        return new ProposalEntry(
                change(), values.trailers().single(CommitMessage.MESSAGE).map(AnnouncementRef::new));
    }

    private ProposedChange change() {
        return switch (Action.fromWord(values.text(ProposalCommitMessage.PROPOSES))
                .orElseThrow()) {
            case OPEN -> opening();
            case EXTEND -> extension();
            case START, APPROVE, END, EXPIRE -> throw new NoSuchElementException(ProposalCommitMessage.PROPOSES);
        };
    }

    private ProposedChange opening() {
        Instant proposedAt = values.instant(CommitMessage.CREATED_AT);
        GrantDuration duration = GrantDuration.parse(values.text(CommitMessage.DURATION));
        Instant lapsesAt = values.instant(ProposalCommitMessage.LAPSES_AT);
        Person requester = values.person(CommitMessage.HOLDER);
        AccessRequest requestId = new AccessRequest(
                values.requestId(CommitMessage.REQUEST),
                requester,
                values.environment(),
                Optional.of(duration),
                values.reason(),
                false,
                values.trailers().single(ProposalCommitMessage.NOT_BEFORE).map(Timestamps::parse),
                proposedAt,
                values.origin());
        return new ProposedChange.Opening(requestId, duration, proposedAt, lapsesAt);
    }

    private ProposedChange extension() {
        return new ProposedChange.Extension(
                values.requestId(CommitMessage.REQUEST),
                grant(),
                values.instant(CommitMessage.EXPIRES_AT),
                values.person(CommitMessage.EXTENDED_BY),
                values.instant(ProposalCommitMessage.PROPOSED_AT),
                values.instant(ProposalCommitMessage.LAPSES_AT),
                values.origin());
    }

    private Grant grant() {
        return new Grant(
                values.environment(),
                values.requestId(ProposalCommitMessage.EXTENDS),
                values.person(CommitMessage.HOLDER),
                values.reason(),
                values.instant(CommitMessage.CREATED_AT),
                values.instant(ProposalCommitMessage.OPEN_UNTIL),
                values.commit(ProposalCommitMessage.OPENED_BY),
                Optional.empty(),
                false);
    }
}
