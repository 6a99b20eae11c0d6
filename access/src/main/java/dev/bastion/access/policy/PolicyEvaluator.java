package dev.bastion.access.policy;

import static dev.bastion.access.policy.CheckName.APPROVALS;
import static dev.bastion.access.policy.CheckName.BREAK_GLASS;
import static dev.bastion.access.policy.CheckName.CONTROL;
import static dev.bastion.access.policy.CheckName.ENVIRONMENT;
import static dev.bastion.access.policy.CheckName.HOLDER;
import static dev.bastion.access.policy.CheckName.LIMITS;
import static dev.bastion.access.policy.CheckName.MAY_REQUEST;
import static dev.bastion.access.policy.CheckName.REASON;

import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.ReviewTally;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The only evaluator of the rules: the checks of an {@link Attempt}. */
final class PolicyEvaluator {
    private final AccessPolicy policy;
    private final EnvironmentState state;
    private final Evidence evidence;
    private final Instant now;
    private final EnvironmentRules rules;
    private final List<Check> checks = new ArrayList<>();
    private List<Approval> controlApprovals = List.of();

    PolicyEvaluator(AccessPolicy policy, EnvironmentState state, Evidence evidence, Instant now) {
        this.policy = policy;
        this.state = state;
        this.evidence = evidence;
        this.now = now;
        this.rules = policy.rulesOf(state.environment());
    }

    Evaluation evaluate(Attempt attempt) {
        return switch (attempt) {
            case Attempt.Open open -> open(open);
            case Attempt.Extend(Grant grant, Instant newEnd, var actor) -> extend(grant, newEnd, actor);
            case Attempt.End(Grant grant, var actor) -> end(grant, actor);
            case Attempt.ApproveRetroactively(Grant grant, Person actor) -> approveRetroactively(grant, actor);
        };
    }

    private Evaluation open(Attempt.Open attempt) {
        holder(attempt);
        var other = evidence.usage().otherSlotOf(attempt.holder(), attempt.environment());
        check(
                ENVIRONMENT,
                state instanceof EnvironmentState.Closed && other.isEmpty(),
                other.<Refusal>map(Refusal.AlreadyOpen::new).orElseGet(() -> wrongState(state)));
        if (!attempt.breakGlass()) {
            content(attempt, rules.longestDuration());
            PersonLimitChecks limits = limits(attempt.holder());
            check(LIMITS, attempt.by() instanceof Attempt.Origin.Slack ? limits.request() : limits.atOnce());
            return approvals(attempt.holder());
        }
        breakGlass(attempt);
        check(BREAK_GLASS, limits(attempt.holder()).breakGlass());
        content(attempt, rules.proposals().breakGlass().longest());
        return new Evaluation(checks, List.of());
    }

    private void holder(Attempt.Open attempt) {
        EnvironmentName environment = attempt.environment();
        Person holder = attempt.holder();
        mayRequest(holder);
        switch (attempt.by()) {
            case Attempt.Origin.Slack _ -> {
                if (rules.approvals() > 0) {
                    checks.add(Check.passed(HOLDER));
                }
            }
            case Attempt.Origin.PullRequest(String author) ->
                check(
                        HOLDER,
                        policy.people().ofLogin(author).filter(holder::is).isPresent(),
                        new Refusal.NotTheAuthor(environment, holder, author));
            case Attempt.Origin.Push _ -> {
                if (rules.approvals() > 0) {
                    check(HOLDER, policy.people().knows(holder), new Refusal.UnknownHolder(environment, holder));
                }
            }
        }
    }

    private void mayRequest(Person holder) {
        EnvironmentName environment = state.environment();
        check(
                MAY_REQUEST,
                policy.mayRequest(holder, environment),
                policy.environments().isNamed(environment)
                        ? rules.mayRequest().refusal(environment, new Refusal.NotAllowed(environment, holder))
                        : new Refusal.UnnamedEnvironment(environment));
        policy.people()
                .whyInactive(holder)
                .map(why -> new Refusal.InactiveHolder(environment, holder, why))
                .ifPresent(refusal -> checks.add(Check.failed(MAY_REQUEST, refusal)));
    }

    private void content(Attempt.Open attempt, GrantDuration longest) {
        EnvironmentName environment = attempt.environment();
        if (rules.reasons().isAnyRequired() || attempt.breakGlass()) {
            check(REASON, rules.reasons().refusal(environment, attempt.reason()));
        }
        checks.add(DurationChecks.request(environment, attempt.length(), longest));
    }

    private void breakGlass(Attempt.Open attempt) {
        Audience allowed = rules.proposals().breakGlass().allowed();
        check(
                BREAK_GLASS,
                rules.approvals() > 0 && allowed.includes(attempt.holder()),
                rules.approvals() == 0
                        ? new Refusal.BreakGlassNotNeeded(attempt.environment())
                        : allowed.refusal(
                                attempt.environment(),
                                new Refusal.BreakGlassNotAllowed(attempt.environment(), attempt.holder())));
    }

    static Refusal wrongState(EnvironmentState state) {
        return switch (state) {
            case EnvironmentState.Open(Grant grant) -> new Refusal.AlreadyOpen(grant);
            case EnvironmentState.Unclear(var environment, var problem, var _, var _, var _) ->
                new Refusal.Unreadable(environment, problem);
            case EnvironmentState.Closed(var environment) -> new Refusal.NotOpen(environment);
        };
    }

    private Evaluation extend(Grant grant, Instant newEnd, Optional<Person> actor) {
        boolean needsApproval =
                rules.approvals() > 0 && newEnd.isAfter(grant.createdAt().plus(covered(grant, rules)));
        mayRequest(grant.holder());
        check(ENVIRONMENT, state instanceof EnvironmentState.Open, wrongState(state));
        check(ENVIRONMENT, !grant.hasEnded(now), new Refusal.AlreadyEnded(grant));
        if (actor.isPresent() || !needsApproval) {
            control(grant, actor);
        }
        checks.add(DurationChecks.total(grant, newEnd, newEnd.isAfter(grant.expiresAt()), rules));
        if (needsApproval && actor.isPresent()) {
            check(LIMITS, limits(actor.get()).askAgain());
        }
        return needsApproval ? approvals(grant.holder()) : new Evaluation(checks, controlApprovals);
    }

    /** Anyone may end an overdue grant. */
    private Evaluation end(Grant grant, Optional<Person> actor) {
        if (grant.hasEnded(now)) {
            checks.add(Check.passed(CONTROL));
        } else {
            control(grant, actor);
        }
        return new Evaluation(checks, controlApprovals);
    }

    private Evaluation approveRetroactively(Grant grant, Person actor) {
        boolean isAwaited = policy.withValidApproval(grant).approvalBasis()
                        instanceof ApprovalBasis.BreakGlass(var approvedBy, var _)
                && approvedBy.isEmpty();
        check(BREAK_GLASS, isAwaited, new Refusal.NothingToApprove(grant));
        check(
                APPROVALS,
                policy.mayApprove(actor, grant.environment(), List.of(grant.holder())),
                unlessUnknown(new Refusal.MayNotApprove(grant)));
        return new Evaluation(checks, List.of());
    }

    /** An open grant. It may carry the latest end of a proposal: its duration after the whole approval window. */
    Evaluation opened(Grant grant, GrantDuration longest) {
        if (grant.madeByHand()) {
            Duration total = grant.total();
            boolean isTooLong = total.compareTo(longest.length()) > 0 && rules.approvals() > 0;
            Attempt.Open attempt = new Attempt.Open(
                    grant.environment(),
                    grant.holder(),
                    grant.reason(),
                    isTooLong ? total.minus(rules.window()) : total,
                    false,
                    evidence.author()
                            .<Attempt.Origin>map(Attempt.Origin.PullRequest::new)
                            .orElseGet(Attempt.Origin.Push::new));
            holder(attempt);
            content(attempt, longest);
            check(LIMITS, limits(grant.holder()).atOnce());
        }
        return approvals(grant.holder());
    }

    /** An end that was moved without the service. */
    Evaluation extendedByHand(Grant grant, boolean needsApproval) {
        mayRequest(grant.holder());
        checks.add(DurationChecks.total(grant, grant.expiresAt(), true, rules));
        return needsApproval ? approvals(grant.holder()) : new Evaluation(checks, List.of());
    }

    private void control(Grant grant, Optional<Person> actor) {
        if (actor.filter(person -> policy.controls(person, grant)).isPresent()) {
            checks.add(Check.passed(CONTROL));
        } else if (evidence.exists()) {
            ReviewTally tally = tally(List.of(), rules.approvers().with(grant.holder()));
            controlApprovals = tally.approvals();
            checks.add(Check.unmet(CONTROL, tally.missing(1)));
        } else {
            checks.add(Check.failed(CONTROL, unlessUnknown(new Refusal.NotYours(grant))));
        }
    }

    private Refusal unlessUnknown(Refusal refusal) {
        return rules.approvers().refusal(state.environment(), refusal);
    }

    private Evaluation approvals(Person holder) {
        if (rules.approvals() == 0) {
            return new Evaluation(checks, List.of());
        }
        List<Person> excluded = new ArrayList<>(evidence.excluded());
        excluded.add(holder);
        ReviewTally tally = tally(excluded, rules.approvers());
        checks.add(Check.unmet(APPROVALS, tally.missingOrObjected(rules.approvals())));
        return new Evaluation(checks, tally.approvals());
    }

    private ReviewTally tally(List<Person> excluded, Audience approvers) {
        return ReviewTally.of(evidence, excluded, approvers, policy.people());
    }

    private PersonLimitChecks limits(Person person) {
        return new PersonLimitChecks(policy, evidence.usage(), person, state.environment(), now);
    }

    private void check(CheckName name, Optional<Refusal> refusal) {
        checks.add(refusal.map(why -> Check.failed(name, why)).orElseGet(() -> Check.passed(name)));
    }

    private void check(CheckName name, boolean holds, Refusal otherwise) {
        checks.add(Check.require(name, holds, otherwise));
    }

    /** The total that needs no further approval; a retroactive one covers no extension. */
    static Duration covered(Grant grant, EnvironmentRules rules) {
        return switch (grant.approvalBasis()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Unconfirmed _, ApprovalBasis.Approved _ ->
                rules.proposals().covers();
            case ApprovalBasis.BreakGlass _ ->
                rules.proposals().breakGlass().longest().length();
        };
    }
}
