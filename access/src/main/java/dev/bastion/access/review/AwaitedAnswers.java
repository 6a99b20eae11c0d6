package dev.bastion.access.review;

import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;

/**
 * The checks that wait for an answer about an external audience. What a command is refused for, a pull request waits for: an
 * outage must not close it.
 */
final class AwaitedAnswers {
    private AwaitedAnswers() {}

    static List<Check> await(List<Check> checks) {
        return checks.stream().map(AwaitedAnswers::await).toList();
    }

    static Evaluation await(Evaluation evaluation) {
        return new Evaluation(await(evaluation.checks()), evaluation.approvals());
    }

    private static Check await(Check check) {
        return check.result() instanceof Check.Result.Failed(Refusal.AudienceUnknown(var _, var audience, var _))
                ? Check.unmet(check.name(), List.of(new UnmetRequirement.AudienceUnknown(audience)))
                : check;
    }
}
