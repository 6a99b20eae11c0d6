package dev.bastion.cli.policy;

import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.review.RequestDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy query: may this person open this environment, if it is closed and has no other request?
 *
 * @param duration empty for the policy's default
 * @param start when access starts; empty for at once
 * @param at the time of the request
 */
record PolicyQuery(
        Person who,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        boolean breakGlass,
        Optional<Instant> start,
        Instant at) {
    PolicyAnswer evaluate(AccessPolicy policy) {
        return switch (decide(policy)) {
            case Decision.Refuse(var _, Refusal.AudienceUnknown(var _, var audience, var _)) ->
                new PolicyAnswer.Depends(audience);
            case Decision.Refuse(var _, var why) -> new PolicyAnswer.Refuse(why);
            case Decision.Proceed(LedgerChange.Open open) -> new PolicyAnswer.Allow(open.expiresAt());
            case Decision.Proceed(LedgerChange other) ->
                throw new IllegalStateException("a closed environment was answered with " + other);
            case Decision.Propose(ProposedChange change, int approvals) ->
                new PolicyAnswer.Approve(
                        approvals,
                        policy.approversOf(environment, List.of(who)),
                        change.lapsesAt(),
                        change.latestEnd());
        };
    }

    private Decision decide(AccessPolicy policy) {
        return RequestDecision.of(policy, request(), new EnvironmentState.Closed(environment), Usage.NONE, at);
    }

    /** The checks of any request, and the one of its start. */
    Explanation explain(AccessPolicy policy) {
        Evaluation evaluation = policy.evaluate(request(), new EnvironmentState.Closed(environment), at);
        if (start.isEmpty() || evaluation.refusal().isPresent()) {
            return new Explanation(evaluation);
        }
        List<Check> checks = new ArrayList<>(evaluation.checks());
        checks.add(
                decide(policy) instanceof Decision.Refuse(CheckName check, Refusal why)
                        ? Check.failed(check, why)
                        : Check.passed(CheckName.START));
        return new Explanation(new Evaluation(checks, evaluation.approvals()));
    }

    private AccessRequest request() {
        return new AccessRequest(
                RequestId.derivedFrom(toString()),
                who,
                environment,
                duration,
                reason,
                breakGlass,
                start,
                Timestamps.wholeSeconds(at),
                Optional.empty());
    }
}
