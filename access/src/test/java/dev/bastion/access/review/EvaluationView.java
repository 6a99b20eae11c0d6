package dev.bastion.access.review;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;
import java.util.stream.Stream;

/** What an evaluation comes to, without the names of its checks: what tables of a test compare. */
public sealed interface EvaluationView {
    record Effect(PullRequestEvaluation.Effect kind, EnvironmentName environment, List<Approval> approvals) {}

    record Allowed(List<Effect> effects) implements EvaluationView {}

    record Needs(List<UnmetRequirement> unmet) implements EvaluationView {}

    record Refused(List<Refusal> refusals) implements EvaluationView {}

    static EvaluationView of(PullRequestEvaluation seen) {
        Stream<Check> all = Stream.concat(
                seen.files().checks().stream(),
                seen.changes().stream().flatMap(change -> change.evaluation().checks().stream()));
        Evaluation evaluation = new Evaluation(all.toList(), List.of());
        List<Effect> effects = seen.changes().stream()
                .map(change -> new Effect(
                        change.effect(),
                        change.environment(),
                        change.evaluation().approvals()))
                .toList();
        return of(evaluation, effects);
    }

    static EvaluationView of(Evaluation evaluation, List<Effect> effects) {
        return switch (evaluation.verdict()) {
            case ALLOWED -> new Allowed(effects);
            case NEEDS -> new Needs(evaluation.unmet());
            case REFUSED ->
                new Refused(evaluation.checks().stream()
                        .flatMap(check -> check.result() instanceof Check.Result.Failed(var refusal)
                                ? Stream.of(refusal)
                                : Stream.empty())
                        .toList());
        };
    }

    static EvaluationView allowed(Effect... effects) {
        return new Allowed(List.of(effects));
    }

    static EvaluationView needs(UnmetRequirement... unmet) {
        return new Needs(List.of(unmet));
    }

    static EvaluationView refused(Refusal... refusals) {
        return new Refused(List.of(refusals));
    }
}
