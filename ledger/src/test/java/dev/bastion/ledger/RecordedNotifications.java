package dev.bastion.ledger;

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
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The notifications and timers of a test, recorded. */
public final class RecordedNotifications implements Notifier, ExpiryTimer, ReconcileLog {
    public final List<ProposalStage> stages = new CopyOnWriteArrayList<>();
    public final List<Grant> armed = new CopyOnWriteArrayList<>();
    public final List<List<UnmetRequirement>> alarms = new CopyOnWriteArrayList<>();

    public ProposalStage last() {
        return stages.getLast();
    }

    @Override
    public void resolve(Resolution resolution) {}

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        return Optional.of(Samples.SHOWN);
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why) {}

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        return Optional.of(Samples.SHOWN);
    }

    @Override
    public void requestUnknown(
            AnnouncementRef announcement, RequestId request, EnvironmentName environment, Fault.Unknown fault) {}

    @Override
    public void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {}

    @Override
    public void show(ProposalStatus status) {
        stages.add(status.stage());
    }

    @Override
    public void askToApprove(ApprovalAsk ask) {}

    @Override
    public void usedBreakGlass(Grant grant, List<Person> approvers) {}

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        alarms.add(evaluation.unmet());
    }

    @Override
    public void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {}

    @Override
    public void endedInactiveHolder(Grant grant, InactiveAccount why, List<Person> approvers) {}

    @Override
    public void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day) {}

    @Override
    public void show(GrantStatus status) {}

    @Override
    public boolean hasShownGone(PastGrant past) {
        return false;
    }

    @Override
    public void arm(Grant grant) {
        armed.add(grant);
    }

    @Override
    public void disarm(EnvironmentName environment) {}

    @Override
    public void failed(String event, Map<String, String> fields, Throwable failure) {}

    @Override
    public void foundPastEnd(Grant grant) {}

    @Override
    public void instanceUnexplained(UnexplainedInstance found) {}

    @Override
    public void terminationRefused(BastionObservation bastion, String why, String remedy) {}

    @Override
    public void unexplainedInstanceGone(UnexplainedInstance last) {}

    @Override
    public void alarm(AlarmKind kind, Map<String, String> fields) {}

    @Override
    public void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {}

    @Override
    public void layoutProblem(LayoutProblem problem) {}
}
