package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.Refusal;
import java.util.Optional;
import java.util.function.Predicate;

/** The withdrawal of a waiting request by its requester. */
public final class WithdrawProposal {
    private final ProposalRepository proposals;
    private final Notifier notifier;

    public WithdrawProposal(ProposalRepository proposals, Notifier notifier) {
        this.proposals = proposals;
        this.notifier = notifier;
    }

    /** Withdraws the person's own request for the environment; empty when none waits. */
    public Optional<Outcome> withdraw(Person person, EnvironmentName environment) {
        return withdraw(
                person,
                proposal -> proposal.environment().sharesSlotsWith(environment)
                        && proposal.requester().is(person));
    }

    /** Withdraws one request; empty when it no longer waits. */
    public Optional<Outcome> withdraw(Person person, RequestId request) {
        return withdraw(person, proposal -> proposal.id().equals(request));
    }

    private Optional<Outcome> withdraw(Person person, Predicate<Proposal> meant) {
        return proposals.look().stream()
                .filter(ProposalSnapshot::isWaiting)
                .map(ProposalSnapshot::proposal)
                .filter(meant)
                .findFirst()
                .map(proposal -> withdraw(person, proposal));
    }

    private Outcome withdraw(Person person, Proposal proposal) {
        if (!proposal.requester().is(person)) {
            return new Outcome.Refused(new Refusal.NotYourProposal(proposal));
        }
        var status = new ProposalStatus(proposal, new ProposalStage.Withdrawn());
        proposals.close(status);
        // shown last: an open proposal can still be approved
        notifier.show(status);
        return new Outcome.Withdrawn(proposal);
    }
}
