package dev.bastion.access.proposal;

import dev.bastion.access.observation.Observation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people decided about a proposal, as the ledger has it.
 *
 * @param approvals given in Slack, oldest first
 * @param denial by whom it was denied
 */
public record RecordedDecisions(List<Observation.Approved> approvals, Optional<Observation.Denied> denial) {
    public static final RecordedDecisions NONE = new RecordedDecisions(List.of(), Optional.empty());

    public RecordedDecisions {
        approvals = List.copyOf(approvals);
    }

    public static RecordedDecisions of(List<Observation> observations) {
        return new RecordedDecisions(
                observations.stream()
                        .flatMap(one -> one instanceof Observation.Approved approval
                                ? Stream.of(approval)
                                : Stream.<Observation.Approved>empty())
                        .toList(),
                observations.stream()
                        .flatMap(one -> one instanceof Observation.Denied denial
                                ? Stream.of(denial)
                                : Stream.<Observation.Denied>empty())
                        .findFirst());
    }
}
