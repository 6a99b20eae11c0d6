package dev.bastion.access.forwarding;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A notifier that forwards every message to another one. */
public interface ForwardingNotifier extends Notifier {
    /** The one that a call goes to, unless the implementation overrides its method. */
    Notifier delegate();

    @Override
    default Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        return delegate().requested(change);
    }

    @Override
    default void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why) {
        delegate().requestFailed(announcement, change, why);
    }

    @Override
    default Optional<AnnouncementRef> proposed(ProposedChange change) {
        return delegate().proposed(change);
    }

    @Override
    default void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {
        delegate().requestFailed(announcement, change, why);
    }

    @Override
    default void requestUnknown(
            AnnouncementRef announcement, RequestId request, EnvironmentName environment, Fault.Unknown fault) {
        delegate().requestUnknown(announcement, request, environment, fault);
    }

    @Override
    default void show(ProposalStatus status) {
        delegate().show(status);
    }

    @Override
    default void askToApprove(ApprovalAsk ask) {
        delegate().askToApprove(ask);
    }

    @Override
    default void usedBreakGlass(Grant grant, List<Person> approvers) {
        delegate().usedBreakGlass(grant, approvers);
    }

    @Override
    default void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        delegate().openWithoutApproval(grant, by, evaluation);
    }

    @Override
    default void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {
        delegate().environmentUnreadable(environment, isAtItsEnd);
    }

    @Override
    default void instanceUnexplained(UnexplainedInstance found) {
        delegate().instanceUnexplained(found);
    }

    @Override
    default void terminationRefused(BastionObservation bastion, String why, String remedy) {
        delegate().terminationRefused(bastion, why, remedy);
    }

    @Override
    default void layoutProblem(LayoutProblem problem) {
        delegate().layoutProblem(problem);
    }

    @Override
    default void unexplainedInstanceGone(UnexplainedInstance last) {
        delegate().unexplainedInstanceGone(last);
    }

    @Override
    default void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        delegate().endedWithoutApproval(grant, by, evaluation);
    }

    @Override
    default void endedInactiveHolder(Grant grant, InactiveAccount why, List<Person> approvers) {
        delegate().endedInactiveHolder(grant, why, approvers);
    }

    @Override
    default void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day) {
        delegate().remindOfBreakGlass(approver, grants, day);
    }

    @Override
    default void resolve(Resolution resolution) {
        delegate().resolve(resolution);
    }

    @Override
    default void show(GrantStatus status) {
        delegate().show(status);
    }

    @Override
    default boolean hasShownGone(PastGrant past) {
        return delegate().hasShownGone(past);
    }
}
