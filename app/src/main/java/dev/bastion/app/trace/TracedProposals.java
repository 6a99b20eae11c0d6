package dev.bastion.app.trace;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Proposals whose pull requests and waits for approvers are steps of traces: those of the grant that they open or extend. */
final class TracedProposals implements ProposalRepository {
    private final ProposalRepository proposals;
    private final GrantTrace trace;
    private final DecisionTimes decisions;
    private final InstantSource clock;

    TracedProposals(ProposalRepository proposals, GrantTrace trace, DecisionTimes decisions, InstantSource clock) {
        this.proposals = proposals;
        this.trace = trace;
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public boolean isAvailable() {
        return proposals.isAvailable();
    }

    @Override
    public Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy) {
        decisions.decided(requestOf(change), change.environment());
        Instant start = clock.instant();
        try {
            Proposal proposal = proposals.propose(change, shownIn, policy);
            trace.record(step(change, StepKind.PROPOSAL, change.id().value(), start)
                    .with("pull", Integer.toString(proposal.number())));
            decisions.done(requestOf(change), change.environment(), "propose");
            return proposal;
        } catch (RuntimeException e) {
            trace.record(
                    step(change, StepKind.PROPOSAL, "failed " + start, start).failed());
            throw e;
        }
    }

    @Override
    public Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        Merging result = proposals.merge(proposal, approvalBasis);
        if (result instanceof Merging.Merged(CommitId commit)) {
            trace.record(review(proposal, "merge").with("commit", commit.value()));
        }
        return result;
    }

    @Override
    public void close(ProposalStatus status) {
        proposals.close(status);
        Proposal proposal = status.proposal();
        String action = action(status.stage());
        trace.record(review(proposal, action));
        if (proposal.change() instanceof ProposedChange.Opening) {
            trace.record(step(
                            proposal.change(),
                            StepKind.GRANT,
                            "",
                            proposal.change().proposedAt())
                    .with("action", action));
        }
    }

    private TraceStep review(Proposal proposal, String action) {
        ProposedChange change = proposal.change();
        return step(change, StepKind.REVIEW, change.id().value(), change.proposedAt())
                .with("pull", Integer.toString(proposal.number()))
                .with("action", action);
    }

    private TraceStep step(ProposedChange change, StepKind kind, String key, Instant start) {
        return new TraceStep(requestOf(change), change.environment(), kind, key, start, clock.instant());
    }

    /** The request of the grant: an extension has an id of its own. */
    static RequestId requestOf(ProposedChange change) {
        return change instanceof ProposedChange.Extension extension
                ? extension.from().request()
                : change.id();
    }

    private static String action(ProposalStage stage) {
        return switch (stage) {
            case ProposalStage.Waiting _ -> "wait";
            case ProposalStage.Approved _ -> "approve";
            case ProposalStage.Lapsed _ -> "lapse";
            case ProposalStage.Withdrawn _ -> "withdraw";
            case ProposalStage.Denied _ -> "deny";
            case ProposalStage.Refused _, ProposalStage.NoLongerPossible _ -> "refuse";
        };
    }

    @Override
    public List<ProposalSnapshot> look() {
        return proposals.look();
    }

    @Override
    public List<Proposal> lastSeenWaiting() {
        return proposals.lastSeenWaiting();
    }

    @Override
    public List<ProposalSnapshot> lastSeenClosed() {
        return proposals.lastSeenClosed();
    }

    @Override
    public Optional<ProposalSnapshot> lookAt(int number) {
        return proposals.lookAt(number);
    }

    @Override
    public String words(Proposal proposal, String login, Instant since) {
        return proposals.words(proposal, login, since);
    }

    @Override
    public Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit) {
        return proposals.mergedPullRequestOf(commit);
    }
}
