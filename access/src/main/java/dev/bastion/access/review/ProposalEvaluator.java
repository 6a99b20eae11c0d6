package dev.bastion.access.review;

import static dev.bastion.access.policy.CheckName.MERGEABLE;
import static dev.bastion.access.policy.CheckName.PLAN;
import static dev.bastion.access.policy.CheckName.START;
import static dev.bastion.access.policy.CheckName.UNCHANGED;
import static dev.bastion.access.policy.CheckName.WINDOW;

import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Attempt;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalSnapshot.Mergeability;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The evaluator of a proposal: its request with its reviews, and its pull request. */
public record ProposalEvaluator(AccessPolicy policy, ProposalSnapshot seen, EnvironmentState state, Instant now) {
    /** As if the environment had not changed since the proposal. */
    public static Evaluation ofReviews(AccessPolicy policy, ProposalSnapshot seen) {
        ProposedChange change = seen.proposal().change();
        return new ProposalEvaluator(policy, seen, change.before(), change.startsAt()).evaluate();
    }

    /** The stage of a proposal that has ended; empty while it waits. */
    public static Optional<ProposalStage> ended(AccessPolicy policy, ProposalSnapshot seen) {
        return switch (seen.state()) {
            case ProposalSnapshot.State.Waiting _ -> Optional.empty();
            case ProposalSnapshot.State.Merged _ ->
                Optional.of(new ProposalStage.Approved(ofReviews(policy, seen).approvals()));
            case ProposalSnapshot.State.Closed(var by, var ending, var at) ->
                Optional.of(ending.map(ProposalStage::of)
                        .or(() -> seen.recorded().denial().map(ProposalEvaluator::denied))
                        .orElseGet(() -> new ProposalStage.Denied(
                                by.orElse("an unknown account"), by.flatMap(policy.people()::ofLogin), at)));
        };
    }

    /** The stage of a proposal whose denial the ledger has. */
    public static ProposalStage denied(Observation.Denied denial) {
        String login = denial.login().isEmpty() && denial.by().isEmpty() ? "an unknown account" : denial.login();
        return new ProposalStage.Denied(login, denial.by(), denial.at(), denial.words());
    }

    public ProposalDecision decide() {
        if (!(seen.state() instanceof ProposalSnapshot.State.Waiting)) {
            return new ProposalDecision.Over(seen.state());
        }
        if (seen.recorded().denial().isPresent()) {
            return new ProposalDecision.Deny(seen.recorded().denial().get());
        }
        Evaluation evaluation = evaluate();
        return evaluation
                .refusal()
                .map(Decision.Refuse::refusal)
                .<ProposalDecision>map(refusal -> refusal instanceof Refusal.Lapsed
                        ? new ProposalDecision.Lapse()
                        : new ProposalDecision.Refuse(refusal))
                .orElseGet(() -> evaluation.unmet().isEmpty()
                        ? new ProposalDecision.Merge(evaluation.approvals())
                        : new ProposalDecision.Wait(evaluation.unmet()));
    }

    /** The checks of its request and of its pull request. */
    public Evaluation evaluate() {
        ProposedChange change = seen.proposal().change();
        LaterStart later = new LaterStart(seen, state, now);
        Evaluation request = policy.evaluate(Attempt.of(change), later.expectedState(), evidence(), now);
        List<Check> checks = new ArrayList<>();
        checks.add(Check.require(UNCHANGED, seen.intact(), new Refusal.Altered(change.environment())));
        checks.addAll(AwaitedAnswers.await(request.checks()));
        start(change, later).ifPresent(checks::add);
        checks.add(Check.require(UNCHANGED, !isOvertaken(later), new Refusal.Overtaken(change.environment())));
        if (policy.rulesOf(change.environment()).proposals().planRequired()) {
            checks.add(Check.unmet(PLAN, plan()));
        }
        checks.add(Check.unmet(MERGEABLE, mergeability(later)));
        List<UnmetRequirement> unmet = new Evaluation(checks, List.of()).unmet();
        checks.add(Check.require(WINDOW, now.isBefore(deadline(unmet)), new Refusal.Lapsed(change.environment())));
        return new Evaluation(checks, request.approvals());
    }

    /** The reviews of the proposal, and where the policy allows them its approvals in Slack. */
    public Evidence evidence() {
        ProposedChange change = seen.proposal().change();
        Evidence onGithub = new Evidence(
                seen.proposal().number(),
                Optional.empty(),
                seen.proposal().head(),
                seen.reviews(),
                Pushers.SERVICE,
                change.beneficiaries(),
                change.lapsesAt(),
                Usage.NONE);
        return policy.rulesOf(change.environment()).proposals().inSlack()
                ? onGithub.inSlack(seen.recorded().approvals())
                : onGithub;
    }

    /** Whether the file conflicts, or the grant to extend has another end. */
    private boolean isOvertaken(LaterStart later) {
        boolean isMoved = seen.proposal().change() instanceof ProposedChange.Extension extension
                && state instanceof EnvironmentState.Open(Grant grant)
                && !grant.hasSameExpiryAs(extension.from());
        return isMoved || later.mergeability() instanceof Mergeability.Conflicting;
    }

    private List<UnmetRequirement> plan() {
        return switch (seen.plan()) {
            case PlanStatus.Missing _ -> List.of(new UnmetRequirement.Plan(Optional.empty()));
            case PlanStatus.Running(var run) -> List.of(new UnmetRequirement.Plan(run));
            case PlanStatus.Failed(var what, var run) -> List.of(new UnmetRequirement.FailedPlan(what, run));
            case PlanStatus.Passed _ -> List.of();
        };
    }

    private static List<UnmetRequirement> mergeability(LaterStart later) {
        return switch (later.mergeability()) {
            case Mergeability.Unknown _ -> List.of(new UnmetRequirement.Forge(true));
            case Mergeability.Pending _ -> List.of(new UnmetRequirement.Forge(false));
            case Mergeability.Refused(var answer, var remedy) ->
                List.of(new UnmetRequirement.MergeRefused(answer, remedy));
            case Mergeability.Clean _, Mergeability.Blocked _, Mergeability.Conflicting _ -> List.of();
        };
    }

    /** The start of a request for later, which the policy may have bounded since. */
    private Optional<Check> start(ProposedChange change, LaterStart later) {
        return change.notBefore()
                .map(start -> RequestDecision.start(
                                change.environment(), start, change.proposedAt(), policy.rulesOf(change.environment()))
                        .map(why -> Check.failed(START, why))
                        .orElseGet(() -> Check.unmet(START, later.unmet())));
    }

    /** An approval given in time stays valid until the start, and while GitHub computes mergeability or lacks its status. */
    private Instant deadline(List<UnmetRequirement> unmet) {
        ProposedChange change = seen.proposal().change();
        List<UnmetRequirement> others =
                unmet.stream().filter(one -> !passesByItself(one)).toList();
        if (others.isEmpty()) {
            return change.latestEnd();
        }
        // a merge that GitHub refuses can be put right as long after the start as after any approval
        return others.stream().allMatch(UnmetRequirement.MergeRefused.class::isInstance)
                ? Timestamps.later(change.lapsesAt(), LaterStart.patience(change))
                : change.lapsesAt();
    }

    private static boolean passesByItself(UnmetRequirement unmet) {
        return unmet instanceof UnmetRequirement.Forge
                || unmet instanceof UnmetRequirement.Start
                || unmet instanceof UnmetRequirement.Taken;
    }
}
