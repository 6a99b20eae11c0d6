package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import java.util.Optional;
import java.util.function.Predicate;

/** Whoever asked does not need it any more: takes back a request that waits for approval. */
public final class WithdrawProposal {
    private final ProposalRepository proposals;
    private final Notifier notifier;

    public WithdrawProposal(ProposalRepository proposals, Notifier notifier) {
        this.proposals = proposals;
        this.notifier = notifier;
    }

    /**
     * Takes back the person's own request for the environment.
     *
     * @return empty when none of theirs waits there
     * @throws ObservationFailed when the forge could not be read
     * @throws LedgerUnreachable when it could not be told; doing it again is safe
     */
    public Optional<Outcome> withdraw(Person person, EnvironmentName environment) {
        return first(proposal -> proposal.environment().equals(environment)
                        && proposal.requester().is(person))
                .map(proposal -> withdraw(person, proposal));
    }

    /**
     * Takes back one request, or says why not.
     *
     * @return empty when it does not wait any more
     * @throws ObservationFailed when the forge could not be read
     * @throws LedgerUnreachable when it could not be told; doing it again is safe
     */
    public Optional<Outcome> withdraw(Person person, RequestId meant) {
        return first(proposal -> proposal.id().equals(meant)).map(proposal -> withdraw(person, proposal));
    }

    private Optional<Proposal> first(Predicate<Proposal> meant) {
        return proposals.look().stream()
                .filter(seen -> seen.state() instanceof ProposalSnapshot.State.Waiting)
                .map(ProposalSnapshot::proposal)
                .filter(meant)
                .findFirst();
    }

    private Outcome withdraw(Person person, Proposal proposal) {
        if (!proposal.requester().is(person)) {
            return new Outcome.Refused(new Refusal.NotYourProposal(proposal));
        }
        ProposalStatus story = new ProposalStatus(proposal, new ProposalStage.Withdrawn());
        proposals.close(story);
        // not before: until then somebody can still approve it
        notifier.show(story);
        return new Outcome.Withdrawn(proposal);
    }
}
