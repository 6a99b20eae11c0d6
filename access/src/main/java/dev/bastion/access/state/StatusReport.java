package dev.bastion.access.state;

import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.rules.EnvironmentRules;
import java.util.List;
import java.util.Optional;

/**
 * The status of every environment, by name.
 *
 * @param policy in force
 * @param outages the systems that do not answer at present, so that what is shown of them is older
 */
public record StatusReport(List<Line> lines, AccessPolicy policy, List<Outage> outages) {
    /**
     * The status of one environment.
     *
     * @param looked whether bastions were observed, now or earlier
     * @param breakGlass the access that no approver has approved, open or over
     */
    public record Line(
            EnvironmentState state,
            EnvironmentRules rules,
            Optional<BastionObservation> bastion,
            boolean looked,
            List<Proposal> waiting,
            List<Grant> breakGlass) {
        /**
         * That of one environment.
         *
         * @param bastions all that were seen; empty where none were observed
         * @param waiting all proposals that wait
         * @param unanswered all access that no approver has approved
         */
        public static Line of(
                EnvironmentState state,
                EnvironmentRules rules,
                Optional<List<BastionObservation>> bastions,
                List<Proposal> waiting,
                List<Grant> unanswered) {
            EnvironmentName name = state.environment();
            return new Line(
                    state,
                    rules,
                    bastions.stream()
                            .flatMap(List::stream)
                            .filter(seen -> seen.environment().equals(name.resourceName()))
                            .findFirst(),
                    bastions.isPresent(),
                    waiting.stream()
                            .filter(proposal -> proposal.environment().equals(name))
                            .toList(),
                    unanswered.stream()
                            .filter(grant -> grant.environment().equals(name))
                            .toList());
        }

        /** That of an environment whose status failed to be composed. */
        public static Line failed(EnvironmentName environment, EnvironmentRules rules) {
            EnvironmentState state = new EnvironmentState.Unclear(
                    environment,
                    "its status cannot be shown, and the service's log says why. Its grant ends all the same");
            return new Line(state, rules, Optional.empty(), false, List.of(), List.of());
        }
    }

    public StatusReport {
        lines = List.copyOf(lines);
        outages = List.copyOf(outages);
    }
}
