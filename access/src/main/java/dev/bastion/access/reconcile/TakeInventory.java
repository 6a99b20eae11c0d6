package dev.bastion.access.reconcile;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.state.UnexplainedInstance.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The inventory: every instance that looks like a bastion, compared with the ledger. An unexplained one is an alarm,
 * and is terminated after the grace period if it is of this ledger.
 */
public final class TakeInventory {
    private final Notifier notifier;
    private final BastionTerminator terminator;
    private final Optional<String> ledgerName;
    private final Duration beforeTermination;

    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final Map<String, UnexplainedInstance> alarmed = new ConcurrentHashMap<>();

    /**
     * @param ledgerName the name of this ledger in instances' tags; without it no instance is terminated
     * @param beforeTermination how long an instance of this ledger may exist without a grant
     */
    public TakeInventory(
            Notifier notifier, BastionTerminator terminator, Optional<String> ledgerName, Duration beforeTermination) {
        this.notifier = notifier;
        this.terminator = terminator;
        this.ledgerName = ledgerName;
        this.beforeTermination = beforeTermination;
    }

    /** The unexplained instances of the last pass, by id. */
    public List<UnexplainedInstance> unexplained() {
        return alarmed.values().stream()
                .sorted(Comparator.comparing(found -> found.bastion().instance()))
                .toList();
    }

    /**
     * Compares the ledger with what was observed.
     *
     * @param ledgerReadAt when the ledger was read last; only a ledger read after an instance was seen knows its grant
     * @param ending the ended grants whose bastions are still followed
     */
    public void check(
            LedgerSnapshot ledger,
            Instant ledgerReadAt,
            Sightings seen,
            List<Grant> ending,
            FailureCollector failures) {
        seen.newestAt().ifPresent(at -> check(ledger, ledgerReadAt, seen, at, ending, failures));
    }

    private void check(
            LedgerSnapshot ledger,
            Instant ledgerReadAt,
            Sightings sightings,
            Instant at,
            List<Grant> ending,
            FailureCollector failures) {
        var seen = sightings.all();
        var found = new InventoryComparison(ledger, ending, sightings).unexplained();
        since.keySet().retainAll(found.keySet());
        found.forEach((instance, _) -> since.putIfAbsent(instance, at));
        alarmed.values().stream()
                .filter(known -> !found.containsKey(known.bastion().instance()))
                .toList()
                .forEach(known -> failures.attempt(
                        "inventory.instance.failed", about(known.bastion()), () -> forget(known, seen)));
        seen.stream()
                .filter(bastion -> found.containsKey(bastion.instance()))
                .filter(bastion -> ledgerReadAt.isAfter(sinceOf(bastion)))
                .forEach(bastion -> failures.attempt(
                        "inventory.instance.failed",
                        about(bastion),
                        () -> handle(bastion, found.get(bastion.instance()), at, sightings.isSeenNow(bastion))));
    }

    private Instant sinceOf(BastionObservation bastion) {
        return since.getOrDefault(bastion.instance(), Instant.MAX);
    }

    /** @param isSeenNow whether its place answers: the step must not wait for one that does not */
    private void handle(BastionObservation bastion, @Nullable Cause cause, Instant now, boolean isSeenNow) {
        if (cause == null) {
            return;
        }
        Optional<Instant> end =
                isOurs(bastion, cause) ? Optional.of(sinceOf(bastion).plus(beforeTermination)) : Optional.empty();
        var instance = new UnexplainedInstance(bastion, cause, sinceOf(bastion), end);
        alarmed.put(bastion.instance(), instance);
        notifier.instanceUnexplained(instance);
        if (isSeenNow && end.isPresent() && now.isAfter(end.get()) && !bastion.isLeaving()) {
            terminator.terminate(bastion);
        }
    }

    /** Another instance of an open grant is not terminated: which one people use is not known. */
    private boolean isOurs(BastionObservation bastion, Cause cause) {
        return bastion.ownership().isTagged()
                && ledgerName.isPresent()
                && bastion.ownership().ledger().equals(ledgerName)
                && switch (cause) {
                    case UNKNOWN_ENVIRONMENT, CLOSED, OTHER_REQUEST -> true;
                    case NOT_TAGGED, CONTRADICTORY, SECOND_OF_ITS_GRANT, ELSEWHERE -> false;
                };
    }

    private void forget(UnexplainedInstance known, List<BastionObservation> seen) {
        alarmed.remove(known.bastion().instance());
        if (seen.stream()
                .noneMatch(bastion -> bastion.instance().equals(known.bastion().instance()))) {
            notifier.unexplainedInstanceGone(known);
        }
    }

    private static Map<String, String> about(BastionObservation bastion) {
        return Map.of("instance", bastion.instance(), "environment", bastion.environment());
    }
}
