package dev.bastion.access;

import dev.bastion.access.evidence.Usage;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.Optional;
import java.util.function.Function;

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

    /** What limits count before a proposal: those that GitHub numbered before it. */
    Usage usageBefore(Proposal proposal, LedgerSnapshot snapshot) {
        var older = proposals.look().stream()
                .filter(ProposalSnapshot::isWaiting)
                .map(ProposalSnapshot::proposal)
                .filter(other -> other.number() < proposal.number())
                .toList();
        var closed = proposals.lastSeenClosed().stream()
                .filter(other -> other.proposal().number() < proposal.number())
                .toList();
        return snapshot.usage().withProposals(older, closed);
    }

    Outcome propose(Decision.Propose decided, AccessPolicy policy, Function<Proposal, Optional<Refusal>> onceNumbered) {
        var refusal = refusal(decided);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        var change = decided.change();
        var known = waiting(change);
        if (known.isPresent()) {
            return new Outcome.Proposed(known.get());
        }
        var proposal = submit(change, policy);
        return onceNumbered
                .apply(proposal)
                .map(late -> withdraw(proposal, late))
                .orElseGet(() -> announce(proposal, decided.approvals(), policy));
    }

    private Outcome withdraw(Proposal proposal, Refusal why) {
        var status = new ProposalStatus(proposal, new ProposalStage.Refused(why));
        proposals.close(status);
        notifier.show(status);
        return new Outcome.Refused(why);
    }

    private Optional<Proposal> waiting(ProposedChange change) {
        return proposals.lastSeenWaiting().stream()
                .filter(other -> other.environment().sharesSlotsWith(change.environment())
                        && other.requester().is(change.requester()))
                .findFirst();
    }

    private Proposal submit(ProposedChange change, AccessPolicy policy) {
        var announcement = notifier.proposed(change);
        try {
            return proposals.propose(change, announcement, policy);
        } catch (LedgerUnreachable | LedgerRejected e) {
            announcement.ifPresent(ref -> notifier.requestFailed(ref, change, e.fault()));
            throw e;
        }
    }

    private Outcome announce(Proposal proposal, int needed, AccessPolicy policy) {
        var change = proposal.change();
        var approvers = policy.approversOf(change.environment(), change.beneficiaries());
        notifier.show(new ProposalStatus(
                proposal,
                new ProposalStage.Waiting(
                        UnmetRequirement.first(change, needed),
                        approvers,
                        policy.rulesOf(change.environment()).approvers().audiences(),
                        needed)));
        if (needed > 0) {
            ApprovalAsk.first(proposal, policy).forEach(notifier::askToApprove);
        }
        return new Outcome.Proposed(proposal);
    }
}
