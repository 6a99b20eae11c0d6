package dev.bastion.access.reconcile;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.UnexplainedInstance.Cause;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The comparison of grants with instances.
 *
 * @param ending the ended grants whose bastions are still followed
 */
record InventoryComparison(LedgerSnapshot ledger, List<Grant> ending, Sightings seen) {

    /** The unexplained instances, by id. */
    Map<String, Cause> unexplained() {
        Map<String, Cause> found = new HashMap<>();
        Set<Grant> explained = new HashSet<>();
        seen.all().stream()
                .sorted(Comparator.comparing(BastionObservation::isLeaving)
                        .thenComparing(bastion -> bastion.request().isEmpty())
                        .thenComparing(BastionObservation::instance))
                .forEach(bastion -> cause(bastion, explained).ifPresent(cause -> found.put(bastion.instance(), cause)));
        return found;
    }

    private Optional<Cause> cause(BastionObservation bastion, Set<Grant> explained) {
        if (!bastion.ownership().isTagged()) {
            return Optional.of(Cause.NOT_TAGGED);
        }
        if (bastion.ownership().contradiction().isPresent()) {
            return Optional.of(Cause.CONTRADICTORY);
        }
        if (ending.stream()
                .filter(grant -> bastion.belongsToEnded(grant, ledger.openGrants()))
                .anyMatch(grant -> isInPlace(bastion, grant))) {
            return Optional.empty();
        }
        Optional<Grant> grant =
                ledger.openGrants().stream().filter(bastion::belongsTo).findFirst();
        if (grant.filter(one -> !isInPlace(bastion, one)).isPresent()) {
            return Optional.of(Cause.ELSEWHERE);
        }
        if (grant.isPresent()) {
            // one that leaves is no second one: a replaced instance leaves while the new one comes
            boolean isFirst = explained.add(grant.get()) || bastion.isLeaving();
            return isFirst ? Optional.empty() : Optional.of(Cause.SECOND_OF_ITS_GRANT);
        }
        return Optional.of(causeInEnvironment(bastion));
    }

    private boolean isInPlace(BastionObservation bastion, Grant grant) {
        return !seen.isElsewhere(bastion, grant.environment());
    }

    private Cause causeInEnvironment(BastionObservation bastion) {
        boolean isOpen = ledger.openGrants().stream()
                .map(Grant::environment)
                .map(EnvironmentName::resourceName)
                .anyMatch(bastion.environment()::equals);
        if (isOpen) {
            return Cause.OTHER_REQUEST;
        }
        return ledger.environments().stream().map(EnvironmentName::resourceName).anyMatch(bastion.environment()::equals)
                ? Cause.CLOSED
                : Cause.UNKNOWN_ENVIRONMENT;
    }
}
