package dev.bastion.access;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The rules, and nothing but the rules: what is decided here depends on the arguments alone. To change what the service
 * allows, change this class (or, more likely, {@code environments/access-policy.yaml}).
 *
 * @param defaults the rules of an environment the policy does not name
 * @param environments the rules of those it does
 */
public record AccessPolicy(EnvironmentRules defaults, Map<EnvironmentName, EnvironmentRules> environments) {
    public AccessPolicy {
        environments = Map.copyOf(environments);
    }

    public EnvironmentRules rulesOf(EnvironmentName environment) {
        return environments.getOrDefault(environment, defaults);
    }

    /** May this request be granted, given where the environment stands now? */
    public Decision decide(AccessRequest request, Standing standing, Instant now) {
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
        return switch (standing) {
            case Standing.Open(Grant grant) -> refuse(new Refusal.AlreadyOpen(grant));
            case Standing.Unclear(var environment, var problem) -> refuse(new Refusal.Unreadable(environment, problem));
            case Standing.Closed _
            when rules.approvals() > 0 -> new Decision.Propose(request, duration, rules.approvals());
            case Standing.Closed _ -> open(request, duration, now);
        };
    }

    /** May this person move the end of what is open here? {@code by} is empty for the policy's own step. */
    public Decision decideExtension(Person person, Standing standing, Optional<GrantDuration> by, Instant now) {
        return switch (standing) {
            case Standing.Closed(var environment) -> refuse(new Refusal.NotOpen(environment));
            case Standing.Unclear(var environment, var problem) -> refuse(new Refusal.Unreadable(environment, problem));
            case Standing.Open(Grant grant) when grant.hasEnded(now) -> refuse(new Refusal.AlreadyEnded(grant));
            case Standing.Open(Grant grant) when !controls(person, grant) -> refuse(new Refusal.NotYours(grant));
            case Standing.Open(Grant grant) -> extend(person, grant, by, now);
        };
    }

    /** May this person end what is open here? The holder may, and so may the environment's approvers. */
    public Decision decideRevocation(Person person, Standing standing, Instant now) {
        return switch (standing) {
            case Standing.Closed(var environment) -> refuse(new Refusal.NotOpen(environment));
            case Standing.Unclear(var environment, var problem) -> refuse(new Refusal.Unreadable(environment, problem));
            case Standing.Open(Grant grant) when !controls(person, grant) -> refuse(new Refusal.NotYours(grant));
            case Standing.Open(Grant grant) ->
                new Decision.Proceed(new LedgerChange.Close(grant, new End.Revoked(person), Moments.wholeSeconds(now)));
        };
    }

    private boolean controls(Person person, Grant grant) {
        return grant.holder().is(person)
                || rulesOf(grant.environment()).approvers().includes(person);
    }

    private static Decision open(AccessRequest request, GrantDuration duration, Instant now) {
        Instant start = Moments.wholeSeconds(now);
        return new Decision.Proceed(
                new LedgerChange.Open(request, start, start.plus(duration.length()), Optional.empty()));
    }

    private Decision extend(Person person, Grant grant, Optional<GrantDuration> by, Instant now) {
        EnvironmentRules rules = rulesOf(grant.environment());
        Instant latest = grant.createdAt().plus(rules.longestTotal().length());
        Instant wished = grant.expiresAt().plus(by.orElse(rules.extensionStep()).length());
        Instant newEnd = by.isEmpty() && wished.isAfter(latest) ? latest : wished;
        if (newEnd.isAfter(latest) || !newEnd.isAfter(grant.expiresAt())) {
            return refuse(new Refusal.TotalReached(grant, rules.longestTotal(), latest));
        }
        return new Decision.Proceed(new LedgerChange.Extend(grant, newEnd, person, Moments.wholeSeconds(now)));
    }

    private static Decision refuse(Refusal refusal) {
        return new Decision.Refuse(refusal);
    }
}
