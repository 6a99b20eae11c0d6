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
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules, and nothing but the rules: what is decided here depends on the arguments alone. To change what the service
 * allows, change this class (or, more likely, {@code environments/access-policy.yaml}).
 *
 * @param defaults the rules of an environment the policy does not name
 * @param environments the rules of those it does
 * @param people who is who at the forge
 */
public record AccessPolicy(
        EnvironmentRules defaults, Map<EnvironmentName, EnvironmentRules> environments, PeopleDirectory people) {
    public AccessPolicy {
        environments = Map.copyOf(environments);
    }

    /** Rules for environments that ask for nobody's approval, where it does not matter who is who at the forge. */
    public AccessPolicy(EnvironmentRules defaults, Map<EnvironmentName, EnvironmentRules> environments) {
        this(defaults, environments, PeopleDirectory.NOBODY);
    }

    public EnvironmentRules rulesOf(EnvironmentName environment) {
        return environments.getOrDefault(environment, defaults);
    }

    /** May this request be granted, given where the environment stands now? */
    public Decision decide(AccessRequest request, EnvironmentState state, Instant now) {
        EnvironmentRules rules = rulesOf(request.environment());
        GrantDuration duration = request.duration().orElse(rules.defaultDuration());
        if (!rules.mayRequest().includes(request.requester())) {
            return refuse(new Refusal.NotAllowed(request.environment()));
        }
        if (rules.reasonRequired() && !request.reason().isGiven()) {
            return refuse(new Refusal.ReasonRequired(request.environment()));
        }
        if (duration.compareTo(rules.longestDuration()) > 0) {
            return refuse(new Refusal.TooLong(duration, rules.longestDuration()));
        }
        return switch (state) {
            case EnvironmentState.Open(Grant grant) -> refuse(new Refusal.AlreadyOpen(grant));
            case EnvironmentState.Unclear(var environment, var problem) ->
                refuse(new Refusal.Unreadable(environment, problem));
            case EnvironmentState.Closed _ when request.breakGlass() -> breakGlass(request, rules, now);
            case EnvironmentState.Closed _ when rules.approvals() > 0 -> propose(request, duration, rules, now);
            case EnvironmentState.Closed _ -> open(request, duration, now);
        };
    }

    private static Decision propose(
            AccessRequest request, GrantDuration duration, EnvironmentRules rules, Instant now) {
        Instant start = Timestamps.wholeSeconds(now);
        return new Decision.Propose(
                new ProposedChange.Opening(
                        request,
                        duration,
                        start,
                        start.plus(rules.proposals().window().length())),
                rules.approvals());
    }

    private static Decision breakGlass(AccessRequest request, EnvironmentRules rules, Instant now) {
        BreakGlassRules glass = rules.proposals().breakGlass();
        GrantDuration longest = glass.longest();
        GrantDuration duration = request.duration()
                .orElse(rules.defaultDuration().compareTo(longest) < 0 ? rules.defaultDuration() : longest);
        if (rules.approvals() == 0) {
            return refuse(new Refusal.BreakGlassNotNeeded(request.environment()));
        }
        if (!glass.allowed().includes(request.requester())) {
            return refuse(new Refusal.BreakGlassNotAllowed(request.environment()));
        }
        if (!request.reason().isGiven()) {
            return refuse(new Refusal.ReasonRequired(request.environment()));
        }
        return duration.compareTo(longest) > 0
                ? refuse(new Refusal.TooLong(duration, longest))
                : open(request, duration, now);
    }

    /** May this person move the end of what is open here? */
    public Decision decideExtension(ExtensionRequest request, EnvironmentState state, Instant now) {
        Person person = request.person();
        return switch (state) {
            case EnvironmentState.Closed(var environment) -> refuse(new Refusal.NotOpen(environment));
            case EnvironmentState.Unclear(var environment, var problem) ->
                refuse(new Refusal.Unreadable(environment, problem));
            case EnvironmentState.Open(Grant grant) when grant.hasEnded(now) -> refuse(new Refusal.AlreadyEnded(grant));
            case EnvironmentState.Open(Grant grant)
            when !controls(person, grant) -> refuse(new Refusal.NotYours(grant));
            case EnvironmentState.Open(Grant grant) -> extend(request, grant, now);
        };
    }

    /** May this person end what is open here? The holder may, and so may the environment's approvers. */
    public Decision decideEnd(Person person, EnvironmentState state, Instant now) {
        return switch (state) {
            case EnvironmentState.Closed(var environment) -> refuse(new Refusal.NotOpen(environment));
            case EnvironmentState.Unclear(var environment, var problem) ->
                refuse(new Refusal.Unreadable(environment, problem));
            case EnvironmentState.Open(Grant grant)
            when !controls(person, grant) -> refuse(new Refusal.NotYours(grant));
            case EnvironmentState.Open(Grant grant) ->
                new Decision.Proceed(
                        new LedgerChange.Close(grant, new End.EndedBy(person), Timestamps.wholeSeconds(now)));
        };
    }

    /** May this person approve, after the fact, what was opened here by breaking glass? */
    public Decision decideRetroactiveApproval(Person person, EnvironmentState state, Instant now) {
        return switch (state) {
            case EnvironmentState.Closed(var environment) -> refuse(new Refusal.NotOpen(environment));
            case EnvironmentState.Unclear(var environment, var problem) ->
                refuse(new Refusal.Unreadable(environment, problem));
            case EnvironmentState.Open(Grant grant)
            when !awaitsRetroactiveApproval(grant) -> refuse(new Refusal.NothingToApprove(grant));
            case EnvironmentState.Open(Grant grant)
            when grant.holder().is(person)
                    || !rulesOf(grant.environment()).approvers().includes(person) ->
                refuse(new Refusal.MayNotApprove(grant));
            case EnvironmentState.Open(Grant grant) ->
                new Decision.Proceed(new LedgerChange.Approve(grant, person, Timestamps.wholeSeconds(now)));
        };
    }

    private static boolean awaitsRetroactiveApproval(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var approvedBy) && approvedBy.isEmpty();
    }

    /**
     * What becomes of a proposal: the same rules as when it was asked for, once more, and whether enough others agree.
     *
     * @param state where its environment stands now
     */
    public ProposalDecision review(ProposalSnapshot seen, EnvironmentState state, Instant now) {
        ProposedChange change = seen.proposal().change();
        EnvironmentRules rules = rulesOf(change.environment());
        if (!(seen.state() instanceof ProposalSnapshot.State.Waiting)) {
            return new ProposalDecision.Over(seen.state());
        }
        if (!seen.intact()) {
            return new ProposalDecision.Refuse(new Refusal.Altered(change.environment()));
        }
        Optional<Refusal> no = stillWrong(change, state, now);
        if (no.isPresent()) {
            return new ProposalDecision.Refuse(no.get());
        }
        if (seen.mergeability() == ProposalSnapshot.Mergeability.CONFLICTING) {
            return new ProposalDecision.Refuse(new Refusal.Overtaken(change.environment()));
        }
        ReviewTally count = ReviewTally.of(seen, rules, people);
        List<UnmetRequirement> unmet = count.unmet(seen, rules);
        if (unmet.isEmpty() && now.isBefore(change.latestEnd())) {
            return new ProposalDecision.Merge(count.approvals());
        }
        // approved in time is in time, also when the forge was down and has first to work out whether it can be merged
        boolean isDecided = unmet.stream().allMatch(new UnmetRequirement.Forge(true)::equals);
        Instant patience = isDecided ? change.latestEnd() : change.lapsesAt();
        return now.isBefore(patience) ? new ProposalDecision.Wait(unmet) : new ProposalDecision.Lapse();
    }

    /** Why the change would be refused now, if it were asked for now. */
    private Optional<Refusal> stillWrong(ProposedChange change, EnvironmentState state, Instant now) {
        Decision decision = switch (change) {
            case ProposedChange.Opening opening -> decide(opening.asApproved(), state, now);
            case ProposedChange.Extension extension -> decideAgain(extension, state, now);
        };
        return decision instanceof Decision.Refuse(Refusal why) ? Optional.of(why) : Optional.empty();
    }

    private Decision decideAgain(ProposedChange.Extension change, EnvironmentState state, Instant now) {
        if (state instanceof EnvironmentState.Open(Grant grant) && !grant.hasSameExpiryAs(change.from())) {
            return refuse(new Refusal.Overtaken(change.environment()));
        }
        return decideExtension(change.asRequest(), state, now);
    }

    /** Whether the grant is theirs to end or to extend. */
    boolean controls(Person person, Grant grant) {
        return grant.holder().is(person)
                || rulesOf(grant.environment()).approvers().includes(person);
    }

    private static Decision open(AccessRequest request, GrantDuration duration, Instant now) {
        Instant start = Timestamps.wholeSeconds(now);
        return new Decision.Proceed(
                new LedgerChange.Open(request, start, start.plus(duration.length()), Optional.empty()));
    }

    private Decision extend(ExtensionRequest request, Grant grant, Instant now) {
        EnvironmentRules rules = rulesOf(grant.environment());
        Instant latest = grant.createdAt().plus(rules.longestTotal().length());
        Optional<GrantDuration> by = request.by();
        Instant wished = grant.expiresAt().plus(by.orElse(rules.extensionStep()).length());
        Instant newEnd = by.isEmpty() && wished.isAfter(latest) ? latest : wished;
        if (newEnd.isAfter(latest) || !newEnd.isAfter(grant.expiresAt())) {
            return refuse(new Refusal.TotalReached(grant, rules.longestTotal(), latest));
        }
        Instant moment = Timestamps.wholeSeconds(now);
        if (rules.approvals() == 0 || !newEnd.isAfter(grant.createdAt().plus(covered(grant, rules)))) {
            return new Decision.Proceed(new LedgerChange.Extend(grant, newEnd, request.person(), moment));
        }
        Instant lapsesAt = moment.plus(rules.proposals().window().length());
        return new Decision.Propose(
                new ProposedChange.Extension(
                        request.id(),
                        grant,
                        newEnd,
                        request.person(),
                        moment,
                        lapsesAt.isBefore(grant.expiresAt()) ? lapsesAt : grant.expiresAt()),
                rules.approvals());
    }

    /** The total that needs nobody's agreement any more. Who approves after the fact approves what there was, and no more. */
    public static Duration covered(Grant grant, EnvironmentRules rules) {
        return switch (grant.approvalBasis()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.Approved _ ->
                rules.proposals().covers();
            case ApprovalBasis.BreakGlass _ ->
                rules.proposals().breakGlass().longest().length();
        };
    }

    private static Decision refuse(Refusal refusal) {
        return new Decision.Refuse(refusal);
    }
}
