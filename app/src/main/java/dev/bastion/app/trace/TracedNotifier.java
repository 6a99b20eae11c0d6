package dev.bastion.app.trace;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A notifier that sees what no other port does: that a request was decided and is about to be announced, and that the holder's
 * warning is due. What it sends is traced where it is sent.
 */
final class TracedNotifier implements Notifier {
    private final Notifier notifier;
    private final GrantTrace trace;
    private final DecisionTimes decisions;
    private final InstantSource clock;

    TracedNotifier(Notifier notifier, GrantTrace trace, DecisionTimes decisions, InstantSource clock) {
        this.notifier = notifier;
        this.trace = trace;
        this.decisions = decisions;
        this.clock = clock;
    }

    /** One for each end: an extension may make another one due. */
    private void warn(Grant grant) {
        Instant now = clock.instant();
        trace.record(new TraceStep(
                grant.request(),
                grant.environment(),
                StepKind.WARNING,
                grant.expiresAt().toString(),
                now,
                now));
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        decisions.decided(change.request().id(), change.environment());
        return notifier.requested(change);
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why) {
        notifier.requestFailed(announcement, change, why);
    }

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        decisions.decided(TracedProposals.requestOf(change), change.environment());
        return notifier.proposed(change);
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {
        notifier.requestFailed(announcement, change, why);
    }

    @Override
    public void requestUnknown(
            AnnouncementRef announcement, RequestId request, EnvironmentName environment, Fault.Unknown fault) {
        notifier.requestUnknown(announcement, request, environment, fault);
    }

    @Override
    public void show(ProposalStatus story) {
        notifier.show(story);
    }

    @Override
    public void askToApprove(ApprovalAsk ask) {
        notifier.askToApprove(ask);
    }

    @Override
    public void usedBreakGlass(Grant grant, List<Person> approvers) {
        notifier.usedBreakGlass(grant, approvers);
    }

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        notifier.openWithoutApproval(grant, by, evaluation);
    }

    @Override
    public void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {
        notifier.environmentUnreadable(environment, isAtItsEnd);
    }

    @Override
    public void instanceUnexplained(UnexplainedInstance found) {
        notifier.instanceUnexplained(found);
    }

    @Override
    public void terminationRefused(BastionObservation bastion, String why, String remedy) {
        notifier.terminationRefused(bastion, why, remedy);
    }

    @Override
    public void layoutProblem(LayoutProblem problem) {
        notifier.layoutProblem(problem);
    }

    @Override
    public void unexplainedInstanceGone(UnexplainedInstance last) {
        notifier.unexplainedInstanceGone(last);
    }

    @Override
    public void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        notifier.endedWithoutApproval(grant, by, evaluation);
    }

    @Override
    public void endedInactiveHolder(Grant grant, InactiveAccount why, List<Person> approvers) {
        notifier.endedInactiveHolder(grant, why, approvers);
    }

    @Override
    public void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day) {
        notifier.remindOfBreakGlass(approver, grants, day);
    }

    @Override
    public void resolve(Resolution resolution) {
        notifier.resolve(resolution);
    }

    @Override
    public void show(GrantStatus story) {
        if (story.stage() instanceof GrantStage.EndsSoon) {
            warn(story.grant());
        }
        notifier.show(story);
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        return notifier.hasShownGone(past);
    }
}
