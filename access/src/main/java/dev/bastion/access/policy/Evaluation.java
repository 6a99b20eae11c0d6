package dev.bastion.access.policy;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of evaluating one change: the checks that apply, in order.
 *
 * @param approvals those that count
 */
public record Evaluation(List<Check> checks, List<Approval> approvals) {
    public enum Verdict {
        ALLOWED,
        /** Allowed once the unmet requirements are met. */
        NEEDS,
        REFUSED
    }

    public Evaluation {
        checks = List.copyOf(checks);
        approvals = List.copyOf(approvals);
    }

    public Verdict verdict() {
        if (refusal().isPresent()) {
            return Verdict.REFUSED;
        }
        return unmet().isEmpty() ? Verdict.ALLOWED : Verdict.NEEDS;
    }

    /** The first failed check. */
    Optional<Decision.Refuse> refusal() {
        return checks.stream()
                .flatMap(check -> check.result() instanceof Check.Result.Failed(var refusal)
                        ? Stream.of(new Decision.Refuse(check.name(), refusal))
                        : Stream.empty())
                .findFirst();
    }

    public List<UnmetRequirement> unmet() {
        return checks.stream()
                .flatMap(check ->
                        check.result() instanceof Check.Result.Unmet(var reasons) ? reasons.stream() : Stream.empty())
                .toList();
    }
}
