package dev.bastion.access.policy;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.ExtensionRequest;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The access policy in force. Its rules are the checks of {@link PolicyEvaluator}.
 *
 * @param defaults the rules of environments that the policy does not name
 * @param owners whose approval a change of what CI runs, evaluates and reads as configuration needs
 */
public record AccessPolicy(
        EnvironmentRules defaults,
        Map<EnvironmentName, EnvironmentRules> environments,
        PeopleDirectory people,
        Audience owners) {
    public AccessPolicy {
        environments = Map.copyOf(environments);
    }

    /** A policy without owners: nobody can approve a change of its own files. */
    public AccessPolicy(
            EnvironmentRules defaults, Map<EnvironmentName, EnvironmentRules> environments, PeopleDirectory people) {
        this(defaults, environments, people, Audience.NOBODY);
    }

    public EnvironmentRules rulesOf(EnvironmentName environment) {
        return environments.getOrDefault(environment, defaults);
    }

    public boolean mayRequest(Person person, EnvironmentName environment) {
        return rulesOf(environment).mayRequest().includes(person);
    }

    /** Whether the person may end or extend the grant. */
    public boolean controls(Person person, Grant grant) {
        return grant.holder().is(person)
                || rulesOf(grant.environment()).approvers().includes(person);
    }

    public Evaluation evaluate(Attempt attempt, EnvironmentState state, Evidence evidence, Instant now) {
        return new PolicyEvaluator(this, state, evidence, now).evaluate(attempt);
    }

    public Decision decide(AccessRequest request, EnvironmentState state, Instant now) {
        EnvironmentRules rules = rulesOf(request.environment());
        GrantDuration duration = rules.durationOf(request);
        Instant start = Timestamps.wholeSeconds(now);
        return decide(
                attempt(request),
                state,
                now,
                new LedgerChange.Open(request, start, start.plus(duration.length()), Optional.empty()),
                () -> new ProposedChange.Opening(request, duration, start, start.plus(rules.window())));
    }

    public Evaluation evaluate(AccessRequest request, EnvironmentState state, Instant now) {
        return evaluate(attempt(request), state, Evidence.NONE, now);
    }

    private Attempt attempt(AccessRequest request) {
        return new Attempt.Open(
                request.environment(),
                request.requester(),
                request.reason(),
                rulesOf(request.environment()).durationOf(request).length(),
                request.breakGlass(),
                new Attempt.Origin.Slack());
    }

    public Decision decideExtension(ExtensionRequest request, EnvironmentState state, Instant now) {
        return onOpen(state, grant -> {
            EnvironmentRules rules = rulesOf(grant.environment());
            Person person = request.person();
            Instant start = Timestamps.wholeSeconds(now);
            Instant newEnd = rules.extendedEnd(grant, request.by());
            Instant lapsesAt = Timestamps.earlier(start.plus(rules.window()), grant.expiresAt());
            return decide(
                    new Attempt.Extend(grant, newEnd, Optional.of(person)),
                    state,
                    now,
                    new LedgerChange.Extend(grant, newEnd, person, start),
                    () -> new ProposedChange.Extension(request.id(), grant, newEnd, person, start, lapsesAt));
        });
    }

    /** A grant can end although its file cannot be read. */
    public Decision decideEnd(Person person, EnvironmentState found, Instant now) {
        EnvironmentState state = found instanceof EnvironmentState.Unclear unclear
                ? unclear.grant()
                        .<EnvironmentState>map(EnvironmentState.Open::new)
                        .orElse(unclear)
                : found;
        return onOpen(
                state,
                grant -> decide(
                        new Attempt.End(grant, Optional.of(person)),
                        state,
                        now,
                        new LedgerChange.Close(grant, new End.EndedBy(person), Timestamps.wholeSeconds(now))));
    }

    public Decision decideRetroactiveApproval(Person person, EnvironmentState state, Instant now) {
        return onOpen(
                state,
                grant -> decide(
                        new Attempt.ApproveRetroactively(grant, person),
                        state,
                        now,
                        new LedgerChange.Approve(grant, person, Timestamps.wholeSeconds(now))));
    }

    private Decision onOpen(EnvironmentState state, Function<Grant, Decision> decision) {
        return switch (state) {
            case EnvironmentState.Open(Grant grant) -> decision.apply(grant);
            case EnvironmentState.Closed(var environment) ->
                new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.NotOpen(environment));
            case EnvironmentState.Unclear(var environment, var problem, var _, var _) ->
                new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.Unreadable(environment, problem));
        };
    }

    private Decision decide(Attempt attempt, EnvironmentState state, Instant now, LedgerChange allowed) {
        return decide(attempt, state, now, allowed, () -> {
            throw new IllegalStateException("no approval is asked for " + attempt);
        });
    }

    private Decision decide(
            Attempt attempt,
            EnvironmentState state,
            Instant now,
            LedgerChange allowed,
            Supplier<ProposedChange> proposed) {
        Evaluation evaluation = evaluate(attempt, state, Evidence.NONE, now);
        return switch (evaluation.verdict()) {
            case REFUSED -> evaluation.refusal().orElseThrow();
            case NEEDS ->
                new Decision.Propose(
                        proposed.get(), rulesOf(state.environment()).approvals());
            case ALLOWED -> new Decision.Proceed(allowed);
        };
    }

    /** The evaluation of a proposed change without reviews. */
    public Evaluation evaluate(ProposedChange change) {
        return evaluate(Attempt.of(change), change.before(), Evidence.NONE, change.proposedAt());
    }

    /** The checks of a proposal: those of its request and those of its pull request. */
    public Evaluation evaluate(ProposalSnapshot seen, EnvironmentState state, Instant now) {
        return new ProposalEvaluator(this, seen, state, now).evaluate();
    }

    /** The evaluation of a proposal as if its environment had not changed since. */
    public Evaluation evaluateReviews(ProposalSnapshot seen) {
        ProposedChange change = seen.proposal().change();
        return evaluate(seen, change.before(), change.proposedAt());
    }

    public ProposalDecision review(ProposalSnapshot seen, EnvironmentState state, Instant now) {
        if (!(seen.state() instanceof ProposalSnapshot.State.Waiting)) {
            return new ProposalDecision.Over(seen.state());
        }
        Evaluation evaluation = evaluate(seen, state, now);
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

    /**
     * The evaluation of an open grant: all checks of a request for one made by hand; the approvals alone for one the service
     * wrote, since the service evaluated its request.
     *
     * @param evidence the pull request that merged the grant, or its latest end
     */
    public Evaluation evaluateOpened(Grant grant, boolean isExtended, Evidence evidence) {
        EnvironmentRules rules = rulesOf(grant.environment());
        return new PolicyEvaluator(this, new EnvironmentState.Closed(grant.environment()), evidence, grant.createdAt())
                .opened(grant, isExtended ? rules.longestTotal() : rules.longestDuration());
    }

    /** Whether the grant's latest end needs an approval of its own. */
    public boolean needsApprovalOfItsEnd(Grant grant) {
        Duration approved = grant.approvalBasis() instanceof ApprovalBasis.Approved(var _, var duration, var _, var _)
                ? duration.length()
                : Duration.ZERO;
        Duration covered = PolicyEvaluator.covered(grant, rulesOf(grant.environment()));
        return grant.total().compareTo(covered) > 0 && grant.total().compareTo(approved) > 0;
    }

    /** The grant without a retroactive approval that does not count. */
    public Grant withValidApproval(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var approvedBy)
                ? grant.with(new ApprovalBasis.BreakGlass(
                        approvedBy.filter(person -> mayApprove(person, grant.environment(), List.of(grant.holder())))))
                : grant;
    }

    boolean mayApprove(Person person, EnvironmentName environment, List<Person> excluded) {
        return rulesOf(environment).approvers().includes(person)
                && excluded.stream().noneMatch(person::is);
    }

    /** The people who may approve, by name; empty when everyone may. */
    public List<Person> approversOf(EnvironmentName environment, List<Person> excluded) {
        return people.membersOf(rulesOf(environment).approvers()).stream()
                .filter(person -> mayApprove(person, environment, excluded))
                .toList();
    }
}
