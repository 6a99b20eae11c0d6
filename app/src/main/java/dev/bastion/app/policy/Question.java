package dev.bastion.app.policy;

import dev.bastion.access.AccessPolicy;
import dev.bastion.access.AccessRequest;
import dev.bastion.access.Decision;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.Moments;
import dev.bastion.access.Person;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import dev.bastion.access.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * May this person open this environment, as if it were closed and nobody else had asked?
 *
 * @param duration empty for the policy's default
 * @param at when it is asked
 */
record Question(
        Person who,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        boolean breakGlass,
        Instant at) {
    Answer answeredBy(AccessPolicy policy) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(toString()),
                who,
                environment,
                duration,
                reason,
                breakGlass,
                Moments.wholeSeconds(at));
        return switch (policy.decide(request, new Standing.Closed(environment), at)) {
            case Decision.Refuse(var why) -> new Answer.Refuse(why);
            case Decision.Proceed(LedgerChange.Open open) -> new Answer.Allow(open.expiresAt());
            case Decision.Proceed(LedgerChange other) ->
                throw new IllegalStateException("a closed environment was answered with " + other);
            case Decision.Propose(ProposedChange change, int approvals) ->
                new Answer.Approve(approvals, approvers(policy), change.lapsesAt(), change.latestEnd());
        };
    }

    private List<Person> approvers(AccessPolicy policy) {
        return policy.people().membersOf(policy.rulesOf(environment).approvers()).stream()
                .filter(person -> !person.is(who))
                .toList();
    }
}
