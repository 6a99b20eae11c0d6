package dev.bastion.access;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks, and tells: follows every grant from "applying" to "gone", by what is seen and by nothing else. */
public final class MonitorGrants {
    /** How far back grants that ended are still followed until they are seen gone. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private final GrantLedger ledger;
    private final BastionMonitor watch;
    private final ApplyMonitor applies;
    private final Notifier notifier;
    private final BastionTerminator lastResort;
    private final Grace grace;
    private final InstantSource clock;

    /**
     * Patience with a bastion whose grant is over.
     *
     * @param beforeAlarm how long it may take to go before it is an alarm
     * @param beforeTermination how long before the service ends it itself
     */
    public record Grace(Duration beforeAlarm, Duration beforeTermination) {}

    public MonitorGrants(
            GrantLedger ledger,
            BastionMonitor watch,
            ApplyMonitor applies,
            Notifier notifier,
            BastionTerminator lastResort,
            Grace grace,
            InstantSource clock) {
        this.ledger = ledger;
        this.watch = watch;
        this.applies = applies;
        this.notifier = notifier;
        this.lastResort = lastResort;
        this.grace = grace;
        this.clock = clock;
    }

    /**
     * One look at everything that is open or going.
     *
     * @throws LedgerUnreachable when the ledger could not be read
     * @throws ObservationFailed when the bastions could not be seen; nothing is told then
     */
    public void look() {
        LedgerSnapshot snapshot = ledger.read();
        List<Grant> open = snapshot.openGrants();
        List<PastGrant> going = ledger.endedSince(clock.instant().minus(MEMORY)).stream()
                .filter(past -> !notifier.hasShownGone(past))
                .toList();
        if (open.isEmpty() && going.isEmpty()) {
            return;
        }
        List<BastionObservation> bastions = watch.look();
        FailureCollector failures = new FailureCollector();
        open.forEach(grant -> failures.attempt(() -> followOpen(grant, snapshot.policy(), bastions)));
        going.forEach(past -> failures.attempt(() -> followPast(past, bastions)));
        failures.throwIfAny();
    }

    private void followOpen(Grant grant, AccessPolicy policy, List<BastionObservation> bastions) {
        GrantStage stage = GrantStage.ofOpen(
                grant,
                bastionOf(grant, bastions),
                report(grant.environment(), grant.openedBy()),
                policy.rulesOf(grant.environment()).warningBeforeEnd(),
                clock.instant());
        notifier.show(new GrantStatus(grant, stage));
    }

    private void followPast(PastGrant past, List<BastionObservation> bastions) {
        Grant grant = past.grant();
        Instant now = clock.instant();
        GrantStage stage = GrantStage.ofPast(
                past,
                bastionOf(grant, bastions),
                report(grant.environment(), past.closedBy()),
                grace.beforeAlarm(),
                now);
        notifier.show(new GrantStatus(grant, stage));
        if (stage instanceof GrantStage.Lingering(var _, Duration since, BastionObservation bastion)
                && since.compareTo(grace.beforeTermination()) > 0
                && bastion.condition() != BastionObservation.Condition.LEAVING) {
            lastResort.terminate(bastion);
        }
    }

    private static Optional<BastionObservation> bastionOf(Grant grant, List<BastionObservation> bastions) {
        return bastions.stream().filter(bastion -> bastion.belongsTo(grant)).findFirst();
    }

    private ApplyStatus report(EnvironmentName environment, CommitId commit) {
        try {
            return applies.reportOn(environment, commit);
        } catch (ObservationFailed _) {
            return new ApplyStatus.Unknown();
        }
    }
}
