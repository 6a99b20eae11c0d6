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
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A policy query: may this person open this environment, if it is closed and has no other request?
 *
 * @param duration empty for the policy's default
 * @param at the time of the request
 */
record PolicyQuery(
        Person who,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        boolean breakGlass,
        Instant at) {
    PolicyAnswer evaluate(AccessPolicy policy) {
        return switch (policy.decide(request(), new EnvironmentState.Closed(environment), Usage.NONE, at)) {
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

    Explanation explain(AccessPolicy policy) {
        return new Explanation(policy.evaluate(request(), new EnvironmentState.Closed(environment), at));
    }

    private AccessRequest request() {
        return new AccessRequest(
                RequestId.derivedFrom(toString()),
                who,
                environment,
                duration,
                reason,
                breakGlass,
                Timestamps.wholeSeconds(at));
    }
}
