package dev.bastion.access;

import dev.bastion.access.grant.AppliedCommit;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The monitor of grants: follows each from "applying" to "gone", by what is seen and by nothing else, and shows it. */
public final class MonitorGrants {
    /** How far back grants that ended are still followed until they are seen gone. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private final GrantLedger ledger;
    private final Notifier notifier;
    private final BastionTerminator terminator;
    private final Grace grace;
    private final InstantSource clock;

    /**
     * Patience with a bastion whose grant is over.
     *
     * @param beforeAlarm how long it may take to go before it is an alarm
     * @param beforeTermination how long before the service ends it itself
     */
    public record Grace(Duration beforeAlarm, Duration beforeTermination) {}

    /**
     * What is seen of bastions and CI.
     *
     * @param bastions every bastion there is; empty when the platform has not answered lately
     * @param reports what CI said last of a commit; empty while it was not asked
     */
    public record Observations(
            Optional<Reading<List<BastionObservation>>> bastions,
            Function<AppliedCommit, Optional<Reading<ApplyStatus>>> reports) {}

    /**
     * What the next look needs to see.
     *
     * @param bastions whether anything is open or going
     * @param reports the commits that CI is still to make true
     */
    public record Needs(boolean bastions, Set<AppliedCommit> reports) {}

    public MonitorGrants(
            GrantLedger ledger, Notifier notifier, BastionTerminator terminator, Grace grace, InstantSource clock) {
        this.ledger = ledger;
        this.notifier = notifier;
        this.terminator = terminator;
        this.grace = grace;
        this.clock = clock;
    }

    /**
     * Shows how far everything has come that is open or going. Where the bastions cannot be seen, only what the ledger alone
     * proves is shown: that a grant is past its end, or has ended. The failures are {@link ObservationFailed}.
     */
    public Needs follow(LedgerSnapshot snapshot, Observations seen, FailureCollector failures) {
        List<Grant> open = snapshot.openGrants();
        List<PastGrant> going = ledger.endedSince(clock.instant().minus(MEMORY)).stream()
                .filter(past -> !notifier.hasShownGone(past))
                .toList();
        Set<AppliedCommit> reports = new HashSet<>();
        open.forEach(grant -> failures.attempt("grant.follow.failed", about(grant), () -> {
            if (followOpen(grant, snapshot.policy(), seen)) {
                reports.add(opening(grant));
            }
        }));
        going.forEach(past -> failures.attempt("grant.follow.failed", about(past.grant()), () -> {
            reports.add(closing(past));
            if (followPast(past, seen)) {
                reports.remove(closing(past));
            }
        }));
        return new Needs(!open.isEmpty() || !going.isEmpty(), reports);
    }

    private static Map<String, String> about(Grant grant) {
        return Map.of(
                "environment", grant.environment().value(),
                "request", grant.request().value());
    }

    private static AppliedCommit opening(Grant grant) {
        return new AppliedCommit(grant.environment(), grant.openedBy());
    }

    private static AppliedCommit closing(PastGrant past) {
        return new AppliedCommit(past.grant().environment(), past.closedBy());
    }

    /** @return whether it waits for CI */
    private boolean followOpen(Grant grant, AccessPolicy policy, Observations seen) {
        Instant now = clock.instant();
        if (seen.bastions().isEmpty()) {
            if (grant.hasEnded(now)) {
                show(grant, new GrantStage.Overdue(Duration.between(grant.expiresAt(), now)));
            }
            return false;
        }
        GrantStage stage = GrantStage.ofOpen(
                grant,
                bastionOf(grant, seen.bastions().get().value()),
                seen.reports().apply(opening(grant)).map(Reading::value).orElseGet(ApplyStatus.Unknown::new),
                policy.rulesOf(grant.environment()).warningBeforeEnd(),
                now);
        show(grant, stage);
        return stage instanceof GrantStage.Applying || stage instanceof GrantStage.ApplyFailed;
    }

    /** @return whether it is gone */
    private boolean followPast(PastGrant past, Observations seen) {
        Optional<Reading<ApplyStatus>> report = seen.reports().apply(closing(past));
        if (seen.bastions().isEmpty()) {
            show(past.grant(), new GrantStage.Closing(past, report.flatMap(MonitorGrants::run)));
            return false;
        }
        Reading<List<BastionObservation>> bastions = seen.bastions().get();
        GrantStage stage = GrantStage.ofPast(
                past,
                bastionOf(past.grant(), bastions.value()),
                report.map(said -> asOf(bastions.at(), said)).orElseGet(ApplyStatus.Unknown::new),
                grace.beforeAlarm(),
                bastions.at());
        show(past.grant(), stage);
        if (stage instanceof GrantStage.Lingering(var _, Duration since, BastionObservation bastion)
                && since.compareTo(grace.beforeTermination()) > 0
                && bastion.condition() != BastionObservation.Condition.LEAVING) {
            terminator.terminate(bastion);
        }
        return stage instanceof GrantStage.Gone;
    }

    /** That CI is done counts only when the bastions were looked at afterwards: before it, absence proves nothing. */
    private static ApplyStatus asOf(Instant lookedAt, Reading<ApplyStatus> report) {
        return report.at().isAfter(lookedAt) ? new ApplyStatus.Running(run(report)) : report.value();
    }

    private static Optional<URI> run(Reading<ApplyStatus> report) {
        return switch (report.value()) {
            case ApplyStatus.Unknown _ -> Optional.empty();
            case ApplyStatus.Running(var run) -> run;
            case ApplyStatus.Succeeded(var run) -> run;
            case ApplyStatus.Failed(var _, var run) -> run;
        };
    }

    private void show(Grant grant, GrantStage stage) {
        notifier.show(new GrantStatus(grant, stage));
    }

    private static Optional<BastionObservation> bastionOf(Grant grant, List<BastionObservation> bastions) {
        return bastions.stream().filter(bastion -> bastion.belongsTo(grant)).findFirst();
    }
}
