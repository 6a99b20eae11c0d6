package dev.bastion.access.policy;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The checks of one change, in order, with their results.
 *
 * @param approvals those that count
 */
public record Evaluation(List<Check> checks, List<Approval> approvals) {
    public enum Verdict {
        ALLOWED,
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

    /** The decision on a command; {@code needs} while a requirement is unmet. */
    Decision decision(LedgerChange allowed, Supplier<Decision> needs) {
        return switch (verdict()) {
            case REFUSED -> refusal().orElseThrow();
            case NEEDS -> needs.get();
            case ALLOWED -> new Decision.Proceed(allowed);
        };
    }

    /** The first failed check. */
    public Optional<Decision.Refuse> refusal() {
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
