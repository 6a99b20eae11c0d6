package dev.bastion.access.policy;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the policy says of one change to one environment: every check that applies, in order.
 *
 * @param approvals the approvals that count
 */
public record Evaluation(List<Check> checks, List<Approval> approvals) {
    public enum Verdict {
        ALLOWED,
        /** Allowed once every unmet requirement is met. */
        NEEDS,
        REFUSED
    }

    public Evaluation {
        checks = List.copyOf(checks);
        approvals = List.copyOf(approvals);
    }

    static Evaluation of(Stream<Check> checks) {
        return new Evaluation(checks.toList(), List.of());
    }

    public Verdict verdict() {
        if (refusal().isPresent()) {
            return Verdict.REFUSED;
        }
        return unmet().isEmpty() ? Verdict.ALLOWED : Verdict.NEEDS;
    }

    /** The failed checks. */
    public List<Check> failed() {
        return checks.stream()
                .filter(check -> check.result() instanceof Check.Result.Failed)
                .toList();
    }

    /** The first failed check, as the decision it leads to. */
    Optional<Decision.Refuse> refusal() {
        return checks.stream()
                .flatMap(check -> check.result() instanceof Check.Result.Failed(var refusal)
                        ? Stream.of(new Decision.Refuse(check.name(), refusal))
                        : Stream.empty())
                .findFirst();
    }

    /** Every requirement that is not met yet. */
    public List<UnmetRequirement> unmet() {
        return checks.stream()
                .flatMap(check ->
                        check.result() instanceof Check.Result.Unmet(var reasons) ? reasons.stream() : Stream.empty())
                .toList();
    }
}
