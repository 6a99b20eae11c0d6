package dev.bastion.access.review;

import static dev.bastion.access.policy.CheckName.BREAK_GLASS;
import static dev.bastion.access.policy.CheckName.DURATION;
import static dev.bastion.access.policy.CheckName.START;

import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.EnvironmentRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The policy's decision on a request for access now or later. A request for later is a proposal, whatever it needs. */
public final class RequestDecision {
    private RequestDecision() {}

    public static Decision of(
            AccessPolicy policy, AccessRequest request, EnvironmentState state, Usage usage, Instant now) {
        Decision decision = recording(policy.decide(request, state, usage, now), policy);
        if (request.notBefore().isEmpty() || decision instanceof Decision.Refuse) {
            return decision;
        }
        Optional<Decision.Refuse> refusal = refusal(policy, request, now);
        return refusal.isPresent() ? refusal.get() : proposed(decision, policy);
    }

    /** An opening records by which external audiences the policy allows it. */
    private static Decision recording(Decision decision, AccessPolicy policy) {
        if (!(decision instanceof Decision.Proceed(LedgerChange.Open open))) {
            return decision;
        }
        EnvironmentRules rules = policy.rulesOf(open.environment());
        Person holder = open.request().requester();
        Stream<Membership> requesting = rules.mayRequest().memberships(holder).stream();
        Stream<Membership> breakingGlass = open.request().breakGlass()
                ? rules.proposals().breakGlass().allowed().memberships(holder).stream()
                : Stream.empty();
        return new Decision.Proceed(
                open.by(Stream.concat(requesting, breakingGlass).distinct().toList()));
    }

    private static Optional<Decision.Refuse> refusal(AccessPolicy policy, AccessRequest request, Instant now) {
        EnvironmentName environment = request.environment();
        EnvironmentRules rules = policy.rulesOf(environment);
        if (request.breakGlass()) {
            return Optional.of(new Decision.Refuse(BREAK_GLASS, new Refusal.BreakGlassLater(environment)));
        }
        return start(environment, request.notBefore().orElseThrow(), now, rules)
                .map(why -> new Decision.Refuse(START, why))
                .or(() -> duration(environment, rules.durationOf(request), rules)
                        .map(why -> new Decision.Refuse(DURATION, why)));
    }

    /** Why a request made at this moment may not start at that one; empty where it may. */
    static Optional<Refusal> start(EnvironmentName environment, Instant start, Instant asked, EnvironmentRules rules) {
        Duration latest = rules.proposals().latestStart();
        if (!start.isAfter(asked)) {
            return Optional.of(new Refusal.StartPassed(environment, start));
        }
        return Duration.between(asked, start).compareTo(latest) > 0
                ? Optional.of(new Refusal.StartTooLate(environment, start, latest))
                : Optional.empty();
    }

    /** The latest end that the file gets leaves room for a late start, and the whole stays within the longest total. */
    private static Optional<Refusal> duration(
            EnvironmentName environment, GrantDuration asked, EnvironmentRules rules) {
        Duration most = rules.longestTotal().length().minus(ProposedChange.Opening.LATEST_START);
        return asked.length().compareTo(most) <= 0
                ? Optional.empty()
                : Optional.of(
                        most.isPositive()
                                ? new Refusal.TooLong(environment, asked.length(), new GrantDuration(most))
                                : new Refusal.EndsBeforeItStarts(environment));
    }

    private static Decision proposed(Decision decision, AccessPolicy policy) {
        return decision instanceof Decision.Proceed(LedgerChange.Open open)
                ? new Decision.Propose(proposal(open, policy), 0)
                : decision;
    }

    private static ProposedChange proposal(LedgerChange.Open open, AccessPolicy policy) {
        Instant proposedAt = Timestamps.wholeSeconds(open.createdAt());
        return new ProposedChange.Opening(
                open.request(),
                new GrantDuration(Duration.between(open.createdAt(), open.expiresAt())),
                proposedAt,
                proposedAt.plus(policy.rulesOf(open.environment()).window()));
    }
}
