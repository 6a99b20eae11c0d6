package dev.bastion.access;

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
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The notifications that people would have got. */
public final class RecordedNotifications implements Notifier {
    public static final AnnouncementRef MESSAGE = new AnnouncementRef("C1/1736937000.000100");

    public final List<LayoutProblem> layoutProblems = new ArrayList<>();
    public final List<GrantStage> stages = new ArrayList<>();
    public final List<GrantStatus> shown = new ArrayList<>();
    public final List<String> failedRequests = new ArrayList<>();
    public final List<RequestId> gone = new ArrayList<>();
    public final List<ProposalStage> proposals = new ArrayList<>();
    private final Set<RequestId> ended = new HashSet<>();
    public final List<String> asked = new ArrayList<>();
    public final List<Grant> breakGlass = new ArrayList<>();
    public final List<CommitId> alarmedBy = new ArrayList<>();
    public final List<List<UnmetRequirement>> alarms = new ArrayList<>();
    public final List<String> refusedTerminations = new ArrayList<>();
    public final List<UnexplainedInstance> instances = new ArrayList<>();
    public final List<UnexplainedInstance> goneInstances = new ArrayList<>();
    public final List<String> unreadable = new ArrayList<>();
    public final List<Grant> endedBecauseUnapproved = new ArrayList<>();
    public final List<String> endedInactive = new ArrayList<>();
    /** One line for each message; a repeated one is the same message. */
    public final Set<String> reminded = new LinkedHashSet<>();

    /** The refusals in each alarm. */
    public final List<List<Refusal>> failed = new ArrayList<>();

    /** Each only once. */
    public final Set<Resolution> resolutions = new LinkedHashSet<>();

    public boolean failsToAnnounce;
    /** How many requests were announced. */
    public int requests;

    public List<String> names() {
        return stages.stream().map(stage -> stage.getClass().getSimpleName()).toList();
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        requests++;
        return failsToAnnounce ? Optional.empty() : Optional.of(MESSAGE);
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why) {
        failedRequests.add(why);
    }

    @Override
    public void resolve(Resolution resolution) {
        resolutions.add(resolution);
    }

    @Override
    public void show(GrantStatus status) {
        stages.add(status.stage());
        shown.add(status);
        if (status.stage() instanceof GrantStage.Gone) {
            gone.add(status.grant().request());
        }
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        return gone.contains(past.grant().request());
    }

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        return failsToAnnounce ? Optional.empty() : Optional.of(MESSAGE);
    }

    @Override
    public void requestUnknown(
            AnnouncementRef announcement, RequestId request, EnvironmentName environment, Fault.Unknown fault) {
        failedRequests.add("unknown: " + environment + ": " + fault.system().title());
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {
        failedRequests.add(why);
    }

    @Override
    public void show(ProposalStatus status) {
        boolean isOver = ended.contains(status.proposal().id());
        if (!(status.stage() instanceof ProposalStage.Waiting)) {
            ended.add(status.proposal().id());
        }
        if (!isOver && (proposals.isEmpty() || !proposals.getLast().equals(status.stage()))) {
            proposals.add(status.stage());
        }
    }

    @Override
    public void askToApprove(ApprovalAsk ask) {
        String names = ask.people().stream().map(Person::name).toList() + " round " + ask.round();
        if (!asked.contains(names)) {
            asked.add(names);
        }
    }

    @Override
    public void usedBreakGlass(Grant grant, List<Person> approvers) {
        breakGlass.add(grant);
    }

    @Override
    public void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        endedBecauseUnapproved.add(grant);
    }

    @Override
    public void endedInactiveHolder(Grant grant, InactiveAccount why, List<Person> approvers) {
        endedInactive.add(grant.environment() + " " + why + " "
                + approvers.stream().map(Person::name).toList());
    }

    @Override
    public void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day) {
        reminded.add(
                approver.name() + " " + grants.stream().map(Grant::environment).toList() + " " + day);
    }

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        alarms.add(evaluation.unmet());
        failed.add(evaluation.checks().stream()
                .flatMap(check -> check.result() instanceof Check.Result.Failed(var refusal)
                        ? Stream.of(refusal)
                        : Stream.empty())
                .toList());
        alarmedBy.add(by);
    }

    @Override
    public void instanceUnexplained(UnexplainedInstance found) {
        instances.add(found);
    }

    @Override
    public void terminationRefused(BastionObservation bastion, String why, String remedy) {
        refusedTerminations.add(bastion.instance() + ": " + remedy);
    }

    @Override
    public void unexplainedInstanceGone(UnexplainedInstance last) {
        goneInstances.add(last);
    }

    @Override
    public void layoutProblem(LayoutProblem problem) {
        layoutProblems.add(problem);
    }

    @Override
    public void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {
        unreadable.add(environment.environment() + (isAtItsEnd ? " at its end" : ""));
    }
}
