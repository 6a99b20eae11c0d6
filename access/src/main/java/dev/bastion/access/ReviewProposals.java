package dev.bastion.access;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.review.ProposalDecision;
import dev.bastion.access.review.ProposalEvaluator;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The review of every proposal: merges, lapses or refuses it, or reminds its approvers. GitHub and git
 * accept the first of several processes.
 */
public final class ReviewProposals {
    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final Notifier notifier;
    private final StartGrant starts;
    private final InstantSource clock;

    public ReviewProposals(
            GrantLedger ledger,
            ProposalRepository proposals,
            Notifier notifier,
            ExpiryTimer timer,
            InstantSource clock) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.notifier = notifier;
        this.starts = new StartGrant(ledger, timer, notifier);
        this.clock = clock;
    }

    /**
     * Reviews all, and returns whether any was merged or closed. The next call retries failures.
     *
     * @param seen empty while GitHub cannot be read; clocks start nevertheless
     */
    public boolean review(LedgerSnapshot snapshot, List<ProposalSnapshot> seen, FailureCollector failures) {
        starts.startMerged(snapshot, failures);
        boolean isAnyChanged = false;
        for (var one : seen) {
            isAnyChanged |= failures.returnsTrue(
                    "proposal.review.failed", WorkContext.about(one.proposal()), () -> review(one, snapshot, failures));
        }
        return isAnyChanged;
    }

    private boolean review(ProposalSnapshot seen, LedgerSnapshot snapshot, FailureCollector failures) {
        var decision = decide(seen, snapshot);
        if (decision instanceof ProposalDecision.Wait || decision instanceof ProposalDecision.Over) {
            act(seen, decision, snapshot.policy(), failures);
            return false;
        }
        // read again: another proposal may have opened the same environment since
        var now = ledger.read();
        var current = proposals.lookAt(seen.proposal().number());
        current.ifPresent(one -> act(one, decide(one, now), now.policy(), failures));
        return current.isPresent();
    }

    private ProposalDecision decide(ProposalSnapshot seen, LedgerSnapshot snapshot) {
        var state = snapshot.stateOrMissing(seen.proposal().environment());
        return new ProposalEvaluator(snapshot.policy(), seen, state, clock.instant()).decide();
    }

    private void act(ProposalSnapshot seen, ProposalDecision decision, AccessPolicy policy, FailureCollector failures) {
        var proposal = seen.proposal();
        switch (decision) {
            case ProposalDecision.Merge(var approvals) -> merge(proposal, approvals, policy, failures);
            case ProposalDecision.Wait(var reasons) -> keepWaiting(proposal, reasons, policy);
            case ProposalDecision.Lapse _ -> close(proposal, new ProposalStage.Lapsed());
            case ProposalDecision.Deny(var denial) -> close(proposal, ProposalEvaluator.denied(denial));
            case ProposalDecision.Refuse(var why) -> close(proposal, new ProposalStage.Refused(why));
            case ProposalDecision.Over _ -> showEnd(seen, policy);
        }
    }

    private void keepWaiting(Proposal proposal, List<UnmetRequirement> reasons, AccessPolicy policy) {
        var change = proposal.change();
        var approvers = policy.approversOf(change.environment(), change.beneficiaries());
        var rules = policy.rulesOf(change.environment());
        show(
                proposal,
                new ProposalStage.Waiting(reasons, approvers, rules.approvers().audiences(), rules.approvals()));
        if (reasons.stream().anyMatch(UnmetRequirement.Approvals.class::isInstance)) {
            ApprovalAsk.due(proposal, policy, clock.instant()).forEach(notifier::askToApprove);
        }
    }

    private void show(Proposal proposal, ProposalStage stage) {
        notifier.show(new ProposalStatus(proposal, stage));
    }

    private void close(Proposal proposal, ProposalStage ending) {
        show(proposal, ending);
        proposals.close(new ProposalStatus(proposal, ending));
    }

    private void showEnd(ProposalSnapshot seen, AccessPolicy policy) {
        var proposal = seen.proposal();
        boolean isShownAsGrant = seen.state() instanceof ProposalSnapshot.State.Merged
                && proposal.change() instanceof ProposedChange.Opening;
        if (!isShownAsGrant) {
            ProposalEvaluator.ended(policy, seen).ifPresent(stage -> show(proposal, stage));
        }
    }

    private void merge(Proposal proposal, List<Approval> approvals, AccessPolicy policy, FailureCollector failures) {
        var change = proposal.change();
        // later than the proposal, so that the clock of a grant that began with it is pending
        var approvedAt = Timestamps.later(
                Timestamps.wholeSeconds(clock.instant()), change.startsAt().plusSeconds(1));
        var basis = new ApprovalBasis.Approved(approvals, change.duration(), approvedAt);
        switch (proposals.merge(proposal, basis)) {
            case ProposalRepository.Merging.Merged _ -> {
                show(proposal, new ProposalStage.Approved(approvals));
                var now = ledger.read();
                starts.startMerged(now, failures);
                failures.attempt(
                        "grant.start.failed",
                        WorkContext.about(proposal),
                        () -> confirm(now, proposal, approvals, approvedAt));
            }
            case ProposalRepository.Merging.Moved _ -> {}
            case ProposalRepository.Merging.NotYet(var why) -> keepWaiting(proposal, List.of(why), policy);
        }
    }

    /** A merge that is not seen yet is confirmed by the next reconcile pass, from GitHub's reviews. */
    private void confirm(LedgerSnapshot now, Proposal proposal, List<Approval> approvals, Instant approvedAt) {
        now.openGrants().stream().filter(proposal.change()::hasLedTo).forEach(grant -> {
            if (grant.request().equals(proposal.id())) {
                starts.confirm(grant, false, proposal.head(), approvals, approvedAt, now.policy());
            } else {
                var by = proposal.change().requester();
                starts.confirmEnd(grant, now.latestEnd(grant), by, proposal.head(), approvals, approvedAt);
            }
        });
    }
}
