package dev.bastion.access;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.policy.ProposalDecision;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The review of every proposal: merges what enough others approved and starts its clock, lets lapse what nobody approved in
 * time, closes what the rules no longer allow, reminds approvers, and tells people. Several processes may do this at once:
 * the forge and git let one of them win, and the others find it done.
 */
public final class ReviewProposals {
    /** How long after it was proposed approvers are reminded. */
    static final List<Duration> REMINDERS =
            List.of(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(60));

    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final Notifier notifier;
    private final ExpiryTimer timer;
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
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Does what is due. What the snapshot calls for is decided once more, on the ledger and the proposal as they are then,
     * before anything is merged or closed. The failures are {@link LedgerUnreachable}, {@link LedgerRejected} and {@link
     * ObservationFailed}; what is undone is done the next time.
     *
     * @param seen empty while the forge cannot be read; clocks are started all the same
     * @return whether anything was merged or closed
     */
    public boolean review(LedgerSnapshot snapshot, List<ProposalSnapshot> seen, FailureCollector failures) {
        startClocks(snapshot, failures);
        AtomicBoolean changed = new AtomicBoolean();
        for (ProposalSnapshot one : seen) {
            failures.attempt("proposal.review.failed", about(one.proposal()), () -> {
                if (review(one, snapshot, failures)) {
                    changed.set(true);
                }
            });
        }
        return changed.get();
    }

    private static Map<String, String> about(Proposal proposal) {
        return Map.of(
                "pull", Integer.toString(proposal.number()),
                "environment", proposal.environment().value(),
                "request", proposal.id().value());
    }

    private boolean review(ProposalSnapshot seen, LedgerSnapshot snapshot, FailureCollector failures) {
        ProposalDecision decision = decide(seen, snapshot);
        boolean isFinal = switch (decision) {
            case ProposalDecision.Merge _, ProposalDecision.Lapse _, ProposalDecision.Refuse _ -> true;
            case ProposalDecision.Wait _, ProposalDecision.Over _ -> false;
        };
        if (!isFinal) {
            act(seen, decision, snapshot.policy(), failures);
            return false;
        }
        // read again, since the proposal before this one may have opened what this one asks for
        LedgerSnapshot now = ledger.read();
        Optional<ProposalSnapshot> current = proposals.lookAt(seen.proposal().number());
        current.ifPresent(one -> act(one, decide(one, now), now.policy(), failures));
        return current.isPresent();
    }

    private ProposalDecision decide(ProposalSnapshot seen, LedgerSnapshot snapshot) {
        EnvironmentState state = snapshot.stateOrMissing(seen.proposal().environment());
        return snapshot.policy().review(seen, state, clock.instant());
    }

    private void act(ProposalSnapshot seen, ProposalDecision decision, AccessPolicy policy, FailureCollector failures) {
        Proposal proposal = seen.proposal();
        switch (decision) {
            case ProposalDecision.Merge(var approvals) -> merge(seen, approvals, policy, failures);
            case ProposalDecision.Wait(var reasons) -> keepWaiting(proposal, reasons, policy);
            case ProposalDecision.Lapse _ -> close(proposal, new ProposalStage.Lapsed());
            case ProposalDecision.Refuse(Refusal why) -> close(proposal, new ProposalStage.Refused(why));
            case ProposalDecision.Over(var end) -> tellOfTheEnd(seen, end, policy);
        }
    }

    private void keepWaiting(Proposal proposal, List<UnmetRequirement> reasons, AccessPolicy policy) {
        ProposedChange change = proposal.change();
        List<Person> approvers = policy.approversOf(change.environment(), change.beneficiaries());
        int needed = policy.rulesOf(change.environment()).approvals();
        notifier.show(new ProposalStatus(proposal, new ProposalStage.Waiting(reasons, approvers, needed)));
        boolean missesApprovals = reasons.stream().anyMatch(UnmetRequirement.Approvals.class::isInstance);
        Instant now = clock.instant();
        int round = (int) REMINDERS.stream()
                .filter(after -> !now.isBefore(change.proposedAt().plus(after)))
                .count();
        if (missesApprovals) {
            notifier.askToApprove(proposal, approvers, round);
        }
    }

    private void close(Proposal proposal, ProposalStage ending) {
        ProposalStatus story = new ProposalStatus(proposal, ending);
        notifier.show(story);
        proposals.close(story);
    }

    private void tellOfTheEnd(ProposalSnapshot seen, ProposalSnapshot.State state, AccessPolicy policy) {
        Proposal proposal = seen.proposal();
        switch (state) {
            case ProposalSnapshot.State.Waiting _ -> {
                // it has not ended
            }
            case ProposalSnapshot.State.Merged _ -> {
                // an opening that was merged is a grant, and the grant is shown
                if (proposal.change() instanceof ProposedChange.Extension) {
                    List<Approval> approvals = policy.evaluateReviews(seen).approvals();
                    notifier.show(new ProposalStatus(proposal, new ProposalStage.Approved(approvals)));
                }
            }
            case ProposalSnapshot.State.Closed(var by, var ending, Instant at) ->
                notifier.show(new ProposalStatus(proposal, stageOf(by, ending, at, policy)));
        }
    }

    private static ProposalStage stageOf(
            Optional<String> by, Optional<ProposalSnapshot.Ending> ending, Instant at, AccessPolicy policy) {
        return ending.map(ReviewProposals::stageOf)
                .orElseGet(() -> new ProposalStage.Denied(
                        by.orElse("an unknown account"), by.flatMap(policy.people()::ofLogin), at));
    }

    private static ProposalStage stageOf(ProposalSnapshot.Ending ending) {
        return switch (ending) {
            case LAPSED -> new ProposalStage.Lapsed();
            case WITHDRAWN -> new ProposalStage.Withdrawn();
            case REFUSED -> new ProposalStage.NoLongerPossible();
        };
    }

    private void merge(
            ProposalSnapshot seen, List<Approval> approvals, AccessPolicy policy, FailureCollector failures) {
        Proposal proposal = seen.proposal();
        ProposedChange change = proposal.change();
        ApprovalBasis.Approved approvalBasis =
                new ApprovalBasis.Approved(approvals, durationOf(change), momentOf(change));
        switch (proposals.merge(proposal, approvalBasis)) {
            case ProposalRepository.Merging.Merged _ -> {
                notifier.show(new ProposalStatus(proposal, new ProposalStage.Approved(approvals)));
                startClocks(ledger.read(), failures);
            }
            case ProposalRepository.Merging.Moved _ -> {
                // another process was faster, or it is not what was approved: the next look tells
            }
            case ProposalRepository.Merging.NotYet _ ->
                keepWaiting(proposal, List.of(new UnmetRequirement.Forge(false)), policy);
        }
    }

    private static GrantDuration durationOf(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening opening -> opening.duration();
            case ProposedChange.Extension extension ->
                new GrantDuration(Duration.between(extension.from().createdAt(), extension.newEnd()));
        };
    }

    /** Later than the proposal, so that a clock that has not been started can be told from one that has. */
    private Instant momentOf(ProposedChange change) {
        Instant now = Timestamps.wholeSeconds(clock.instant());
        Instant earliest = change.proposedAt().plusSeconds(1);
        return now.isBefore(earliest) ? earliest : now;
    }

    /** An approved grant was opened with the latest end it could have; from now on it lasts as long as was approved. */
    private void startClocks(LedgerSnapshot snapshot, FailureCollector failures) {
        for (Grant grant : snapshot.openGrants()) {
            if (grant.approvalBasis() instanceof ApprovalBasis.Approved approved && grant.isClockPending()) {
                failures.attempt(
                        "grant.start.failed",
                        Map.of("environment", grant.environment().value()),
                        () -> start(grant, approved));
            }
        }
    }

    private void start(Grant grant, ApprovalBasis.Approved approved) {
        Instant end = approved.at().plus(approved.duration().length());
        Instant newEnd = end.isBefore(grant.expiresAt()) ? end : grant.expiresAt();
        if (ledger.record(new LedgerChange.Start(grant, approved.at(), newEnd))
                instanceof RecordResult.Recorded(var _, Grant started, boolean _)) {
            timer.arm(started);
            notifier.show(new GrantStatus(started, new GrantStage.Applying(Optional.empty())));
        }
    }
}
