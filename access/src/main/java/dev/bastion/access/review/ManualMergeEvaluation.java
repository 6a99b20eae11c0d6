package dev.bastion.access.review;

import static dev.bastion.access.policy.CheckName.UNCHANGED;

import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Attempt;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ProposalMerge;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * The evaluation of a proposal that a person merged, with GitHub's own button or by a push. The service would not have merged one
 * that is over, or that the policy no longer allows, whatever its reviews say.
 */
public final class ManualMergeEvaluation {
    private ManualMergeEvaluation() {}

    /**
     * The evaluation of what the merge did, with the checks of the request itself where the service did not make the merge.
     *
     * @param merged that of the grant or end, whose approvals count
     * @param evidence of the pull request
     */
    public static Evaluation of(AccessPolicy policy, Evaluation merged, ProposalMerge by, Evidence evidence) {
        if (by.byService()) {
            return merged;
        }
        ProposedChange change = by.proposal().change();
        List<Check> checks = new ArrayList<>();
        checks.add(Check.require(UNCHANGED, !by.isOver(), new Refusal.NotWaiting()));
        Evaluation request =
                policy.evaluate(Attempt.of(change), change.before(), withoutUsage(evidence), change.proposedAt());
        request.checks().stream()
                .filter(check -> check.name() != CheckName.APPROVALS)
                .forEach(checks::add);
        checks.addAll(merged.checks());
        return AwaitedAnswers.await(new Evaluation(checks, merged.approvals()));
    }

    /** The limits counted when it was requested; now they would count the grant itself. */
    private static Evidence withoutUsage(Evidence evidence) {
        return new Evidence(
                evidence.number(),
                evidence.author(),
                evidence.head(),
                evidence.reviews(),
                evidence.pushers(),
                evidence.excluded(),
                evidence.until(),
                Usage.NONE,
                evidence.inSlack());
    }
}
