package dev.bastion.ledger;

import dev.bastion.access.AccessRequest;
import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.Person;
import dev.bastion.access.ProposedChange;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads back what {@link ProposalText} wrote. Of the grant that an extension is about, what its proposal says is known
 * and no more.
 */
final class ProposalReader {
    private final Said said;

    private ProposalReader(Said said) {
        this.said = said;
    }

    /** What the message proposes; empty when it proposes nothing, or does not say it wholly. */
    static Optional<ProposalEntry> read(String message) {
        return Said.in(message, said -> new ProposalReader(said).entry());
    }

    private ProposalEntry entry() {
        if (!said.text(CommitText.ACTION).equals(ProposalText.PROPOSE)) {
            throw new NoSuchElementException(CommitText.ACTION);
        }
        return new ProposalEntry(
                change(), said.trailers().only(CommitText.MESSAGE).map(AnnouncementRef::new));
    }

    private ProposedChange change() {
        return switch (Action.called(said.text(ProposalText.PROPOSES)).orElseThrow()) {
            case OPEN -> opening();
            case EXTEND -> extension();
            case START, APPROVE, REVOKE, EXPIRE -> throw new NoSuchElementException(ProposalText.PROPOSES);
        };
    }

    private ProposedChange opening() {
        Instant proposedAt = said.moment(CommitText.CREATED_AT);
        GrantDuration duration = GrantDuration.parse(said.text(CommitText.DURATION));
        Instant lapsesAt = said.moment(ProposalText.LAPSES_AT);
        Person requester = said.person(CommitText.HOLDER);
        AccessRequest request = new AccessRequest(
                said.request(CommitText.REQUEST),
                requester,
                said.environment(),
                Optional.of(duration),
                said.reason(),
                proposedAt);
        return new ProposedChange.Opening(request, duration, proposedAt, lapsesAt);
    }

    private ProposedChange extension() {
        return new ProposedChange.Extension(
                said.request(CommitText.REQUEST),
                grant(),
                said.moment(CommitText.EXPIRES_AT),
                said.person(CommitText.EXTENDED_BY),
                said.moment(ProposalText.PROPOSED_AT),
                said.moment(ProposalText.LAPSES_AT));
    }

    private Grant grant() {
        return new Grant(
                said.environment(),
                said.request(ProposalText.EXTENDS),
                said.person(CommitText.HOLDER),
                said.reason(),
                said.moment(CommitText.CREATED_AT),
                said.moment(ProposalText.OPEN_UNTIL),
                said.commit(ProposalText.OPENED_BY),
                Optional.empty(),
                false);
    }
}
