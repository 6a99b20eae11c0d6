package dev.bastion.access;

import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.policy.Usage;
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

/** The submission of a change as a proposal, announced to its approvers. */
public final class SubmitForApproval {
    private final ProposalRepository proposals;
    private final Notifier notifier;

    /** @param proposals {@link NoApprovals} without GitHub: what needs approval is refused */
    public SubmitForApproval(ProposalRepository proposals, Notifier notifier) {
        this.proposals = proposals;
        this.notifier = notifier;
    }

    /** Why approval cannot be requested; empty for a new request, and for a repeated one. */
    Optional<Refusal> refusal(Decision.Propose decided) {
        var change = decided.change();
        return proposals.isAvailable()
                ? waiting(change)
                        .filter(other -> !other.id().equals(change.id()))
                        .map(Refusal.AlreadyWaiting::new)
                : Optional.of(new Refusal.NeedsApproval(change.environment(), decided.approvals()));
    }

    /** What limits count, with the proposals. */
    Usage usage(LedgerSnapshot snapshot) {
        return snapshot.usage().withProposals(proposals.lastSeenWaiting(), proposals.lastSeenClosed());
    }

    Outcome propose(Decision.Propose decided, AccessPolicy policy) {
        var refusal = refusal(decided);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        var change = decided.change();
        return new Outcome.Proposed(waiting(change).orElseGet(() -> propose(change, decided.approvals(), policy)));
    }

    private Optional<Proposal> waiting(ProposedChange change) {
        return proposals.lastSeenWaiting().stream()
                .filter(other -> other.environment().equals(change.environment())
                        && other.requester().is(change.requester()))
                .findFirst();
    }

    private Proposal propose(ProposedChange change, int needed, AccessPolicy policy) {
        var announcement = notifier.proposed(change);
        Proposal proposal;
        try {
            proposal = proposals.propose(change, announcement, policy);
        } catch (LedgerUnreachable | LedgerRejected e) {
            announcement.ifPresent(
                    ref -> notifier.requestFailed(ref, change, "GitHub did not accept the pull request"));
            throw e;
        }
        var approvers = policy.approversOf(change.environment(), change.beneficiaries());
        var unmet = List.<UnmetRequirement>of(new UnmetRequirement.Approvals(0, needed));
        notifier.show(new ProposalStatus(proposal, new ProposalStage.Waiting(unmet, approvers, needed)));
        notifier.askToApprove(proposal, approvers, 0);
        return proposal;
    }
}
