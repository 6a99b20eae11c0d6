package dev.bastion.access.policy;

import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.AudienceAnswers;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The access policy in force. Its rules are the checks of {@link PolicyEvaluator}.
 *
 * @param owners who approves changes of what CI runs, evaluates and reads as configuration
 * @param recordsRefusals whether the ledger keeps refused commands
 */
public record AccessPolicy(
        RulesByEnvironment environments,
        PersonLimits limits,
        PeopleDirectory people,
        Audience owners,
        boolean recordsRefusals) {
    public AccessPolicy(RulesByEnvironment environments, PersonLimits limits, PeopleDirectory people, Audience owners) {
        this(environments, limits, people, owners, false);
    }

    /** The same by these answers. */
    public AccessPolicy answered(AudienceAnswers answers) {
        return new AccessPolicy(environments.answered(answers, people), limits, people, owners, recordsRefusals);
    }

    /** With the usual limits, and without owners. */
    public AccessPolicy(RulesByEnvironment environments, PeopleDirectory people) {
        this(environments, PersonLimits.USUAL, people, Audience.NOBODY);
    }

    /** The environment's rules; the defaults where no key names it, so that its grants can end. */
    public EnvironmentRules rulesOf(EnvironmentName environment) {
        return environments.of(environment);
    }

    public boolean mayRequest(Person person, EnvironmentName environment) {
        return environments.isNamed(environment)
                && rulesOf(environment).mayRequest().includes(person);
    }

    /** Whether the person may end or extend the grant. */
    public boolean controls(Person person, Grant grant) {
        return grant.holder().is(person)
                || rulesOf(grant.environment()).approvers().includes(person);
    }

    public Evaluation evaluate(Attempt attempt, EnvironmentState state, Evidence evidence, Instant now) {
        return new PolicyEvaluator(this, state, evidence, now).evaluate(attempt);
    }

    public Decision decide(AccessRequest request, EnvironmentState state, Usage usage, Instant now) {
        EnvironmentRules rules = rulesOf(request.environment());
        GrantDuration duration = rules.durationOf(request);
        Instant start = Timestamps.wholeSeconds(now);
        return evaluate(attempt(request), state, Evidence.of(usage), now)
                .decision(
                        new LedgerChange.Open(request, start, start.plus(duration.length()), Optional.empty()),
                        () -> propose(
                                new ProposedChange.Opening(request, duration, start, start.plus(rules.window()))));
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

    public Decision decideExtension(ExtensionRequest request, EnvironmentState state, Usage usage, Instant now) {
        return onOpen(state, grant -> {
            EnvironmentRules rules = rulesOf(grant.environment());
            Person person = request.person();
            Instant start = Timestamps.wholeSeconds(now);
            Instant newEnd = rules.extendedEnd(grant, request.by());
            Instant lapsesAt = Timestamps.earlier(start.plus(rules.window()), grant.expiresAt());
            return evaluate(new Attempt.Extend(grant, newEnd, Optional.of(person)), state, Evidence.of(usage), now)
                    .decision(
                            new LedgerChange.Extend(grant, newEnd, person, start, request.origin()),
                            () -> propose(new ProposedChange.Extension(
                                    request.id(), grant, newEnd, person, start, lapsesAt, request.origin())));
        });
    }

    /** A grant can end although its file cannot be read, and why an environment cannot be opened is no reason here. */
    public Decision decideEnd(End.EndedBy end, EnvironmentState found, Instant now) {
        EnvironmentState state = found.inForce()
                .<EnvironmentState>map(EnvironmentState.Open::new)
                .orElseGet(() -> found instanceof EnvironmentState.Unclear unclear && !unclear.mayBeOpen()
                        ? new EnvironmentState.Closed(found.environment())
                        : found);
        return onOpen(
                state,
                grant -> decideAtOnce(
                        new Attempt.End(grant, Optional.of(end.by())),
                        state,
                        now,
                        new LedgerChange.Close(grant, end, Timestamps.wholeSeconds(now))));
    }

    /** @param grant open, or over */
    public Decision decideRetroactiveApproval(Person person, Grant grant, Instant now) {
        return decideAtOnce(
                new Attempt.ApproveRetroactively(grant, person),
                new EnvironmentState.Open(grant),
                now,
                new LedgerChange.Approve(
                        grant,
                        person,
                        Timestamps.wholeSeconds(now),
                        rulesOf(grant.environment()).approvers().memberships(person)));
    }

    private static Decision onOpen(EnvironmentState state, Function<Grant, Decision> decision) {
        return state instanceof EnvironmentState.Open(Grant grant)
                ? decision.apply(grant)
                : new Decision.Refuse(CheckName.ENVIRONMENT, PolicyEvaluator.wrongState(state));
    }

    private Decision propose(ProposedChange change) {
        return new Decision.Propose(change, rulesOf(change.environment()).approvals());
    }

    private Decision decideAtOnce(Attempt attempt, EnvironmentState state, Instant now, LedgerChange allowed) {
        return evaluate(attempt, state, Evidence.NONE, now).decision(allowed, () -> {
            throw new IllegalStateException("no approval is asked for " + attempt);
        });
    }

    /** The evaluation of a proposed change without reviews. */
    public Evaluation evaluate(ProposedChange change) {
        return evaluate(Attempt.of(change), change.before(), Evidence.NONE, change.proposedAt());
    }

    /**
     * The evaluation of an open grant: all checks of a request where it was made by hand, else the approvals alone.
     *
     * @param evidence the pull request that brought the grant, or its latest end
     */
    public Evaluation evaluateOpened(Grant grant, boolean isExtended, Evidence evidence) {
        EnvironmentRules rules = rulesOf(grant.environment());
        return new PolicyEvaluator(this, new EnvironmentState.Closed(grant.environment()), evidence, grant.createdAt())
                .opened(grant, isExtended ? rules.longestTotal() : rules.longestDuration());
    }

    /** The evaluation of an open grant's latest end, moved without the service. */
    public Evaluation evaluateExtendedByHand(Grant grant, Evidence evidence) {
        return new PolicyEvaluator(this, new EnvironmentState.Open(grant), evidence, grant.createdAt())
                .extendedByHand(grant, needsApprovalOfItsEnd(grant));
    }

    /** Whether the grant's latest end needs an approval of its own. */
    public boolean needsApprovalOfItsEnd(Grant grant) {
        Duration approved = grant.approvalBasis() instanceof ApprovalBasis.Approved(var _, var duration, var _, var _)
                ? duration.length()
                : Duration.ZERO;
        Duration covered = PolicyEvaluator.covered(grant, rulesOf(grant.environment()));
        return rulesOf(grant.environment()).approvals() > 0
                && grant.total().compareTo(covered) > 0
                && grant.total().compareTo(approved) > 0;
    }

    /** The grant without a retroactive approval that does not count. */
    public Grant withValidApproval(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var by, var recorded)
                ? grant.with(new ApprovalBasis.BreakGlass(
                        by.filter(person -> isValidApproval(person, grant, recorded)), recorded))
                : grant;
    }

    /** An approval outlives its approver's place in {@code people.yaml}. */
    private boolean isValidApproval(Person person, Grant grant, List<Membership> recorded) {
        return !grant.holder().is(person)
                && (!people.knows(person)
                        || rulesOf(grant.environment()).approvers().includes(person, recorded, people));
    }

    /** Whether it is break-glass access that needs an approval and has no valid one. */
    public boolean awaitsApproval(Grant grant) {
        return rulesOf(grant.environment()).approvals() > 0
                && withValidApproval(grant).approvalBasis() instanceof ApprovalBasis.BreakGlass(var by, var _)
                && by.isEmpty();
    }

    boolean mayApprove(Person person, EnvironmentName environment, List<Person> excluded) {
        return rulesOf(environment).approvers().includes(person)
                && people.whyInactive(person).isEmpty()
                && excluded.stream().noneMatch(person::is);
    }

    /** The people who may approve, by name; empty when everyone may. */
    public List<Person> approversOf(EnvironmentName environment, List<Person> excluded) {
        return people.membersOf(rulesOf(environment).approvers()).stream()
                .filter(person -> mayApprove(person, environment, excluded))
                .toList();
    }
}
