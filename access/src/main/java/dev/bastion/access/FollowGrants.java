package dev.bastion.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks, and tells: follows every grant from "applying" to "gone", by what is seen and by nothing else. */
public final class FollowGrants {
    /** How far back grants that ended are still followed until they are seen gone. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private final GrantLedger ledger;
    private final BastionWatch watch;
    private final ApplyWatch applies;
    private final Announcer announcer;
    private final LastResort lastResort;
    private final Grace grace;
    private final InstantSource clock;

    /**
     * Patience with a bastion whose grant is over.
     *
     * @param beforeAlarm how long it may take to go before it is an alarm
     * @param beforeTermination how long before the service ends it itself
     */
    public record Grace(Duration beforeAlarm, Duration beforeTermination) {}

    public FollowGrants(
            GrantLedger ledger,
            BastionWatch watch,
            ApplyWatch applies,
            Announcer announcer,
            LastResort lastResort,
            Grace grace,
            InstantSource clock) {
        this.ledger = ledger;
        this.watch = watch;
        this.applies = applies;
        this.announcer = announcer;
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
                .filter(past -> !announcer.hasShownGone(past))
                .toList();
        if (open.isEmpty() && going.isEmpty()) {
            return;
        }
        List<Sighting> bastions = watch.look();
        Failures failures = new Failures();
        open.forEach(grant -> failures.outlive(() -> followOpen(grant, snapshot.policy(), bastions)));
        going.forEach(past -> failures.outlive(() -> followPast(past, bastions)));
        failures.tellTheLast();
    }

    private void followOpen(Grant grant, AccessPolicy policy, List<Sighting> bastions) {
        Stage stage = Stage.ofOpen(
                grant,
                bastionOf(grant, bastions),
                report(grant.environment(), grant.openedBy()),
                policy.rulesOf(grant.environment()),
                clock.instant());
        announcer.show(new GrantStory(grant, stage));
    }

    private void followPast(PastGrant past, List<Sighting> bastions) {
        Grant grant = past.grant();
        Instant now = clock.instant();
        Stage stage = Stage.ofPast(
                past,
                bastionOf(grant, bastions),
                report(grant.environment(), past.closedBy()),
                grace.beforeAlarm(),
                now);
        announcer.show(new GrantStory(grant, stage));
        if (stage instanceof Stage.Lingering(var _, Duration since, Sighting bastion)
                && since.compareTo(grace.beforeTermination()) > 0
                && bastion.condition() != Sighting.Condition.LEAVING) {
            lastResort.terminate(bastion);
        }
    }

    private static Optional<Sighting> bastionOf(Grant grant, List<Sighting> bastions) {
        return bastions.stream().filter(bastion -> bastion.belongsTo(grant)).findFirst();
    }

    private ApplyReport report(EnvironmentName environment, CommitId commit) {
        try {
            return applies.reportOn(environment, commit);
        } catch (ObservationFailed _) {
            return new ApplyReport.Unknown();
        }
    }
}
