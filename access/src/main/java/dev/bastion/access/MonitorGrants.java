package dev.bastion.access;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.AppliedCommit;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
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

/** The monitor of grants: shows the stage of each, from "applying" to "gone", from observations alone. */
public final class MonitorGrants {
    /** How long an ended grant is followed until its bastion is seen gone. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private final GrantLedger ledger;
    private final Notifier notifier;
    private final BastionTerminator terminator;
    private final Grace grace;
    private final InstantSource clock;

    /** How long a bastion may outlive its grant before the alarm, and before the service terminates it. */
    public record Grace(Duration beforeAlarm, Duration beforeTermination) {}

    /**
     * The latest observations.
     *
     * @param bastions empty without a fresh answer from AWS
     */
    public record Observations(
            Optional<Reading<List<BastionObservation>>> bastions,
            Function<AppliedCommit, Optional<Reading<ApplyStatus>>> reports) {}

    /** The needs of the next call: whether to observe bastions, and the commits that CI has yet to apply. */
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
     * Shows every grant that is open or closing. Without an observation of bastions, shows only what the ledger proves.
     */
    public Needs follow(LedgerSnapshot snapshot, Observations seen, FailureCollector failures) {
        var open = snapshot.openGrants();
        var closing = ledger.endedSince(clock.instant().minus(MEMORY)).stream()
                .filter(past -> !notifier.hasShownGone(past))
                .toList();
        var reports = new HashSet<AppliedCommit>();
        open.forEach(grant -> failures.attempt("grant.follow.failed", about(grant), () -> {
            if (followOpen(grant, snapshot.policy(), seen)) {
                reports.add(opening(grant));
            }
        }));
        closing.forEach(past -> failures.attempt("grant.follow.failed", about(past.grant()), () -> {
            reports.add(closing(past));
            if (followPast(past, seen)) {
                reports.remove(closing(past));
            }
        }));
        return new Needs(!open.isEmpty() || !closing.isEmpty(), reports);
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
        var now = clock.instant();
        if (seen.bastions().isEmpty()) {
            if (grant.hasEnded(now)) {
                show(grant, new GrantStage.Overdue(Duration.between(grant.expiresAt(), now)));
            }
            return false;
        }
        var stage = GrantStage.ofOpen(
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
        var report = seen.reports().apply(closing(past));
        if (seen.bastions().isEmpty()) {
            show(past.grant(), new GrantStage.Closing(past, report.flatMap(MonitorGrants::run)));
            return false;
        }
        var bastions = seen.bastions().get();
        var stage = GrantStage.ofPast(
                past,
                bastionOf(past.grant(), bastions.value()),
                report.map(one -> asOf(bastions.at(), one)).orElseGet(ApplyStatus.Unknown::new),
                grace.beforeAlarm(),
                bastions.at());
        show(past.grant(), stage);
        if (stage instanceof GrantStage.Lingering(var _, var since, var bastion)
                && since.compareTo(grace.beforeTermination()) > 0
                && bastion.condition() != BastionObservation.Condition.LEAVING) {
            terminator.terminate(bastion);
        }
        return stage instanceof GrantStage.Gone;
    }

    /** CI's report counts only for bastions observed after it: an earlier absence proves nothing. */
    private static ApplyStatus asOf(Instant observedAt, Reading<ApplyStatus> report) {
        return report.at().isAfter(observedAt) ? new ApplyStatus.Running(run(report)) : report.value();
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
