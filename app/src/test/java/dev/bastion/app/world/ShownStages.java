package dev.bastion.app.world;

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
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The stage that people were shown last of each grant, and the alarms. */
public final class ShownStages implements Notifier {
    private final Map<RequestId, GrantStage> stages = new ConcurrentHashMap<>();
    /** Each environment and account, like {@code dev DEACTIVATED}. */
    public final List<String> endedInactive = new CopyOnWriteArrayList<>();

    /** What people were shown of proposals, each change once. */
    public final List<ProposalStage> proposalStages = new CopyOnWriteArrayList<>();

    private final Set<Alarm> alarms = ConcurrentHashMap.newKeySet();
    private final Set<AlarmKind> kinds = ConcurrentHashMap.newKeySet();

    /** An alarm; a repeated call is the same message. */
    private record Alarm(String kind, String environment, CommitId commit) {}

    /** The kinds of alarms that were sent. */
    public Set<AlarmKind> kinds() {
        return Set.copyOf(kinds);
    }

    public Optional<GrantStage> of(RequestId request) {
        return Optional.ofNullable(stages.get(request));
    }

    public boolean isAlarmed(String environment) {
        return alarms().contains("open without approval " + environment);
    }

    /** One line for each message, like {@code unreadable prod}, sorted. */
    public List<String> alarms() {
        return alarms.stream()
                .map(alarm -> alarm.kind() + " " + alarm.environment())
                .sorted()
                .toList();
    }

    @Override
    public void show(GrantStatus status) {
        stages.put(status.grant().request(), status.stage());
        if (status.stage() instanceof GrantStage.Lingering) {
            kinds.add(AlarmKind.LINGERING);
        }
        if (status.stage() instanceof GrantStage.Overdue overdue && overdue.isAlarming()) {
            kinds.add(AlarmKind.OVERDUE);
        }
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        return stages.get(past.grant().request()) instanceof GrantStage.Gone;
    }

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        kinds.add(AlarmKind.OPEN_WITHOUT_APPROVAL);
        alarms.add(new Alarm("open without approval", grant.environment().value(), by));
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        return Optional.empty();
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why) {}

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        return Optional.empty();
    }

    @Override
    public void requestUnknown(
            AnnouncementRef announcement, RequestId request, EnvironmentName environment, Fault.Unknown fault) {}

    @Override
    public void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {}

    @Override
    public void show(ProposalStatus status) {
        if (proposalStages.isEmpty() || !proposalStages.getLast().equals(status.stage())) {
            proposalStages.add(status.stage());
        }
    }

    @Override
    public void askToApprove(ApprovalAsk ask) {}

    @Override
    public void usedBreakGlass(Grant grant, List<Person> approvers) {
        alarms.add(new Alarm("break-glass", grant.environment().value(), grant.openedBy()));
    }

    @Override
    public void instanceUnexplained(UnexplainedInstance found) {
        kinds.add(AlarmKind.INSTANCE_UNEXPLAINED);
    }

    @Override
    public void terminationRefused(BastionObservation bastion, String why, String remedy) {
        kinds.add(AlarmKind.TERMINATION_REFUSED);
    }

    @Override
    public void unexplainedInstanceGone(UnexplainedInstance last) {}

    @Override
    public void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {
        kinds.add(AlarmKind.ENVIRONMENT_UNREADABLE);
        environment
                .edit()
                .ifPresent(edit -> alarms.add(new Alarm(
                        isAtItsEnd ? "unreadable at its end" : "unreadable",
                        environment.environment().value(),
                        edit.commit())));
    }

    @Override
    public void layoutProblem(LayoutProblem problem) {
        kinds.add(AlarmKind.LAYOUT_PROBLEM);
    }

    @Override
    public void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {}

    @Override
    public void endedInactiveHolder(Grant grant, InactiveAccount why, List<Person> approvers) {
        endedInactive.add(grant.environment() + " " + why);
    }

    @Override
    public void resolve(Resolution resolution) {}

    @Override
    public void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day) {}
}
