package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads back what {@link ProposalCommitMessage} wrote. Of the grant that an extension is about, what its proposal says is known
 * and no more.
 */
public final class ProposalCommitParser {
    private final TrailerValues said;

    private ProposalCommitParser(TrailerValues said) {
        this.said = said;
    }

    /** What the message proposes; empty when it proposes nothing, or does not say it wholly. */
    public static Optional<ProposalEntry> read(String message) {
        return TrailerValues.in(message, said -> new ProposalCommitParser(said).entry());
    }

    private ProposalEntry entry() {
        if (!said.text(CommitMessage.ACTION).equals(ProposalCommitMessage.PROPOSE)) {
            throw new NoSuchElementException(CommitMessage.ACTION);
        }
        return new ProposalEntry(
                change(), said.trailers().only(CommitMessage.MESSAGE).map(AnnouncementRef::new));
    }

    private ProposedChange change() {
        return switch (Action.called(said.text(ProposalCommitMessage.PROPOSES)).orElseThrow()) {
            case OPEN -> opening();
            case EXTEND -> extension();
            case START, APPROVE, REVOKE, EXPIRE -> throw new NoSuchElementException(ProposalCommitMessage.PROPOSES);
        };
    }

    private ProposedChange opening() {
        Instant proposedAt = said.moment(CommitMessage.CREATED_AT);
        GrantDuration duration = GrantDuration.parse(said.text(CommitMessage.DURATION));
        Instant lapsesAt = said.moment(ProposalCommitMessage.LAPSES_AT);
        Person requester = said.person(CommitMessage.HOLDER);
        AccessRequest request = new AccessRequest(
                said.request(CommitMessage.REQUEST),
                requester,
                said.environment(),
                Optional.of(duration),
                said.reason(),
                proposedAt);
        return new ProposedChange.Opening(request, duration, proposedAt, lapsesAt);
    }

    private ProposedChange extension() {
        return new ProposedChange.Extension(
                said.request(CommitMessage.REQUEST),
                grant(),
                said.moment(CommitMessage.EXPIRES_AT),
                said.person(CommitMessage.EXTENDED_BY),
                said.moment(ProposalCommitMessage.PROPOSED_AT),
                said.moment(ProposalCommitMessage.LAPSES_AT));
    }

    private Grant grant() {
        return new Grant(
                said.environment(),
                said.request(ProposalCommitMessage.EXTENDS),
                said.person(CommitMessage.HOLDER),
                said.reason(),
                said.moment(CommitMessage.CREATED_AT),
                said.moment(ProposalCommitMessage.OPEN_UNTIL),
                said.commit(ProposalCommitMessage.OPENED_BY),
                Optional.empty(),
                false);
    }
}
