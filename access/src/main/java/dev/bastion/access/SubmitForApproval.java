package dev.bastion.access;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Audience;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;
import java.util.Optional;

/** Puts a change before the people who must approve it, and shows it to them. */
public final class SubmitForApproval {
    private final Optional<ProposalRepository> proposals;
    private final Notifier notifier;

    /** @param proposals empty when the service was given no forge; whoever needs approval is then refused */
    public SubmitForApproval(Optional<ProposalRepository> proposals, Notifier notifier) {
        this.proposals = proposals;
        this.notifier = notifier;
    }

    /**
     * Asks for approval, or says why it cannot be asked for.
     *
     * @throws LedgerUnreachable when git or the forge does not answer
     * @throws LedgerRejected when one of them will not have it
     */
    Outcome propose(Decision.Propose decided, AccessPolicy policy) {
        ProposedChange change = decided.change();
        if (proposals.isEmpty()) {
            return new Outcome.Refused(new Refusal.NeedsApproval(change.environment(), decided.approvals()));
        }
        Optional<Proposal> waiting = waiting(proposals.get(), change);
        if (waiting.isPresent()) {
            return waiting.get().id().equals(change.id())
                    ? new Outcome.Proposed(waiting.get())
                    : new Outcome.Refused(new Refusal.AlreadyWaiting(waiting.get()));
        }
        Proposal proposal = put(proposals.get(), change, policy);
        List<Person> approvers = approversOf(change, policy);
        notifier.show(new ProposalStatus(proposal, waitingFor(decided.approvals(), approvers)));
        notifier.askToApprove(proposal, approvers, 0);
        return new Outcome.Proposed(proposal);
    }

    private static Optional<Proposal> waiting(ProposalRepository proposals, ProposedChange change) {
        return proposals.lastSeenWaiting().stream()
                .filter(other -> other.environment().equals(change.environment())
                        && other.requester().is(change.requester()))
                .findFirst();
    }

    private static ProposalStage waitingFor(int approvals, List<Person> approvers) {
        return new ProposalStage.Waiting(List.of(new UnmetRequirement.Approvals(0, approvals)), approvers, approvals);
    }

    private Proposal put(ProposalRepository others, ProposedChange change, AccessPolicy policy) {
        Optional<AnnouncementRef> announcement = notifier.proposed(change);
        try {
            return others.propose(change, announcement, policy);
        } catch (LedgerUnreachable | LedgerRejected e) {
            announcement.ifPresent(ref -> notifier.requestFailed(ref, change, "the forge did not take it"));
            throw e;
        }
    }

    /** Who may approve it, by name: the environment's approvers who are known, but for whose access it is or would be. */
    public static List<Person> approversOf(ProposedChange change, AccessPolicy policy) {
        Audience approvers = policy.rulesOf(change.environment()).approvers();
        return policy.people().membersOf(approvers).stream()
                .filter(person -> change.beneficiaries().stream().noneMatch(person::is))
                .toList();
    }
}
