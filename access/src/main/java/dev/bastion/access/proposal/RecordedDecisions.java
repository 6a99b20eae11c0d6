package dev.bastion.access.proposal;

import dev.bastion.access.observation.Observation;
import java.util.List;
import java.util.Optional;

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
                        .filter(Observation.Approved.class::isInstance)
                        .map(Observation.Approved.class::cast)
                        .toList(),
                observations.stream()
                        .filter(Observation.Denied.class::isInstance)
                        .map(Observation.Denied.class::cast)
                        .findFirst());
    }
}
