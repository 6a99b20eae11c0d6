package dev.bastion.app.world;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.LayoutProblem;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.UnexplainedInstance;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The stage that people were shown last of each grant, and the environments that were alarmed about. */
public final class ShownStages implements Notifier {
    private final Map<RequestId, GrantStage> stages = new ConcurrentHashMap<>();
    private final Map<String, CommitId> alarms = new ConcurrentHashMap<>();

    public Optional<GrantStage> of(RequestId request) {
        return Optional.ofNullable(stages.get(request));
    }

    public boolean isAlarmed(String environment) {
        return alarms.containsKey(environment);
    }

    @Override
    public void show(GrantStatus story) {
        stages.put(story.grant().request(), story.stage());
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        return stages.get(past.grant().request()) instanceof GrantStage.Gone;
    }

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        alarms.put(grant.environment().value(), by);
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
    public void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {}

    @Override
    public void show(ProposalStatus story) {}

    @Override
    public void askToApprove(Proposal proposal, List<Person> approvers, int round) {}

    @Override
    public void usedBreakGlass(Grant grant, List<Person> approvers) {}

    @Override
    public void instanceUnexplained(UnexplainedInstance found) {}

    @Override
    public void unexplainedInstanceGone(UnexplainedInstance last) {}

    @Override
    public void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {}

    @Override
    public void layoutProblem(LayoutProblem problem) {}

    @Override
    public void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {}

    @Override
    public void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day) {}
}
