package dev.bastion.access;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.NoApprovals;
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
    private final ProposalRepository proposals;
    private final Notifier notifier;

    /** @param proposals {@link NoApprovals} when the service has no forge; what needs approval is then refused */
    public SubmitForApproval(ProposalRepository proposals, Notifier notifier) {
        this.proposals = proposals;
        this.notifier = notifier;
    }

    /** Why approval cannot be asked for; empty for a request that was proposed before, and for a new one. */
    Optional<Refusal> refusal(Decision.Propose decided) {
        ProposedChange change = decided.change();
        return proposals.isAvailable()
                ? waiting(change)
                        .filter(other -> !other.id().equals(change.id()))
                        .map(Refusal.AlreadyWaiting::new)
                : Optional.of(new Refusal.NeedsApproval(change.environment(), decided.approvals()));
    }

    /**
     * Asks for approval, or says why it cannot be asked for.
     *
     * @throws LedgerUnreachable when git or GitHub does not answer
     * @throws LedgerRejected when one of them rejects it
     */
    Outcome propose(Decision.Propose decided, AccessPolicy policy) {
        Optional<Refusal> refusal = refusal(decided);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        ProposedChange change = decided.change();
        Optional<Proposal> repeated = waiting(change);
        if (repeated.isPresent()) {
            return new Outcome.Proposed(repeated.get());
        }
        Proposal proposal = put(change, policy);
        List<Person> approvers = policy.approversOf(change.environment(), change.beneficiaries());
        notifier.show(new ProposalStatus(proposal, waitingFor(decided.approvals(), approvers)));
        notifier.askToApprove(proposal, approvers, 0);
        return new Outcome.Proposed(proposal);
    }

    private Optional<Proposal> waiting(ProposedChange change) {
        return proposals.lastSeenWaiting().stream()
                .filter(other -> other.environment().equals(change.environment())
                        && other.requester().is(change.requester()))
                .findFirst();
    }

    private static ProposalStage waitingFor(int approvals, List<Person> approvers) {
        return new ProposalStage.Waiting(List.of(new UnmetRequirement.Approvals(0, approvals)), approvers, approvals);
    }

    private Proposal put(ProposedChange change, AccessPolicy policy) {
        Optional<AnnouncementRef> announcement = notifier.proposed(change);
        try {
            return proposals.propose(change, announcement, policy);
        } catch (LedgerUnreachable | LedgerRejected e) {
            announcement.ifPresent(
                    ref -> notifier.requestFailed(ref, change, "GitHub did not accept the pull request"));
            throw e;
        }
    }
}
