package dev.bastion.access.reconcile;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.AppliedCommit;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The monitor of grants: shows the stage of each, "applying" to "gone", from observations alone. */
public final class MonitorGrants {
    /** How long an ended grant is followed until its bastion is seen gone. */
    private static final Duration MEMORY = Duration.ofDays(1);
    /** How many ended grants of an environment are followed beyond that, while their bastion is there. */
    private static final int MOST_REMEMBERED = 1_000;

    private static final Comparator<BastionObservation> LEAVING_LAST =
            Comparator.comparing(BastionObservation::isLeaving);

    private final GrantLedger ledger;
    private final Notifier notifier;
    private final BastionTerminator terminator;
    private final RecordGrantObservations observations;
    private final Grace grace;
    private final InstantSource clock;
    /** The moment from which a followed grant's bastion is known to be absent. */
    private final Map<RequestId, Instant> absentSince = new ConcurrentHashMap<>();

    private volatile boolean hasFollowed;
    private volatile List<Grant> followed = List.of();

    /**
     * How long a bastion may outlive its grant before the alarm, and before the service terminates it.
     *
     * @param applyTakes the longest time from a commit to the end of its run in CI
     */
    public record Grace(Duration beforeAlarm, Duration beforeTermination, Duration applyTakes) {}

    /**
     * The latest observations.
     *
     * @param bastions of which a grant's are those of its environment's own place, when that answered lately
     */
    public record Observations(Sightings bastions, Function<AppliedCommit, Optional<Reading<ApplyStatus>>> reports) {
        Optional<Reading<List<BastionObservation>>> of(Grant grant) {
            return bastions.freshOf(grant.environment());
        }
    }

    /** The needs of the next call: whether to observe bastions, and the commits that CI has yet to apply. */
    public record Needs(boolean bastions, Set<AppliedCommit> reports) {}

    public MonitorGrants(
            GrantLedger ledger,
            Notifier notifier,
            BastionTerminator terminator,
            RecordGrantObservations observations,
            Grace grace,
            InstantSource clock) {
        this.ledger = ledger;
        this.notifier = notifier;
        this.terminator = terminator;
        this.observations = observations;
        this.grace = grace;
        this.clock = clock;
    }

    /** Shows every open or closing grant; without observations only what the ledger proves. */
    public Needs follow(LedgerSnapshot snapshot, Observations seen, FailureCollector failures) {
        var open = snapshot.openGrants();
        var reports = new HashSet<AppliedCommit>();
        open.forEach(grant -> failures.attempt("grant.follow.failed", WorkContext.about(grant), () -> {
            if (followOpen(grant, snapshot, seen)) {
                reports.add(opening(grant));
            }
        }));
        var past = Stream.concat(
                        ledger.endedSince(clock.instant().minus(MEMORY)).stream(), olderWithBastion(snapshot, seen))
                .distinct()
                .toList();
        var closing = past.stream()
                .filter(one ->
                        !failures.returnsTrue("grant.follow.failed", WorkContext.about(one.grant()), () -> isOver(one)))
                .toList();
        closing.forEach(one -> failures.attempt(
                "grant.follow.failed",
                WorkContext.about(one.grant()),
                () -> reports.addAll(followPast(one, snapshot, seen, failures))));
        var ended = requests(closing.stream().map(PastGrant::grant));
        absentSince.keySet().retainAll(ended);
        observations.retain(
                requests(Stream.concat(open.stream(), closing.stream().map(PastGrant::grant))));
        observations.retainRecorded(requests(past.stream().map(PastGrant::grant)));
        hasFollowed = true;
        followed = closing.stream().map(PastGrant::grant).toList();
        return new Needs(!open.isEmpty() || !closing.isEmpty(), reports);
    }

    private static Set<RequestId> requests(Stream<Grant> grants) {
        return grants.map(Grant::request).collect(Collectors.toSet());
    }

    /** Whether people and the ledger know the end of an ended grant's bastion. */
    private boolean isOver(PastGrant past) {
        return notifier.hasShownGone(past) && observations.isRecorded(past);
    }

    /** The ended grants that the last call followed. */
    public List<Grant> followed() {
        return followed;
    }

    /** The ended grants beyond {@link #MEMORY} whose bastion is still there. */
    private Stream<PastGrant> olderWithBastion(LedgerSnapshot snapshot, Observations seen) {
        var bastions = seen.bastions().all().stream()
                .filter(bastion -> snapshot.openGrants().stream().noneMatch(bastion::belongsTo))
                .toList();
        return snapshot.environments().stream()
                .filter(environment -> bastions.stream()
                        .anyMatch(bastion -> bastion.environment().equals(environment.resourceName())))
                .flatMap(environment -> ledger.history(environment, MOST_REMEMBERED).stream())
                .filter(past -> bastions.stream()
                        .anyMatch(bastion -> bastion.request().isPresent() && bastion.belongsTo(past.grant())));
    }

    private static AppliedCommit opening(Grant grant) {
        return new AppliedCommit(grant.environment(), grant.openedBy());
    }

    /** Past its end an edit of the file would have ended the grant, so its bastions are terminated. */
    private void followUnreadable(Grant grant, String problem, Observations seen) {
        var overdue = new GrantStage.Overdue(Duration.between(grant.expiresAt(), clock.instant()));
        if (!overdue.isAlarming()) {
            show(grant, new GrantStage.Unreadable(problem));
            return;
        }
        show(grant, overdue);
        seen.of(grant).map(Reading::value).orElse(List.of()).stream()
                .filter(bastion -> bastion.belongsTo(grant))
                .filter(bastion -> !bastion.isLeaving())
                .forEach(bastion -> terminate(grant, bastion));
    }

    /** @return whether it waits for CI */
    private boolean followOpen(Grant grant, LedgerSnapshot snapshot, Observations seen) {
        if (snapshot.stateOrMissing(grant.environment()) instanceof EnvironmentState.Unclear unclear) {
            followUnreadable(grant, unclear.problem(), seen);
            return false;
        }
        var policy = snapshot.policy();
        var now = clock.instant();
        var shown = seen.of(grant);
        if (shown.isEmpty()) {
            if (grant.hasEnded(now)) {
                show(grant, new GrantStage.Overdue(Duration.between(grant.expiresAt(), now)));
            }
            return false;
        }
        var bastion =
                shown.get().value().stream().filter(one -> one.belongsTo(grant)).min(LEAVING_LAST);
        observations.open(grant, bastion, shown.get().at());
        var stage = GrantStage.ofOpen(
                grant,
                bastion,
                seen.reports().apply(opening(grant)).map(Reading::value).orElseGet(ApplyStatus.Unknown::new),
                policy.rulesOf(grant.environment()).warningBeforeEnd(),
                now);
        show(grant, stage);
        return stage instanceof GrantStage.Applying || stage instanceof GrantStage.ApplyFailed;
    }

    /** @return the commits whose reports it waits for */
    private Set<AppliedCommit> followPast(
            PastGrant past, LedgerSnapshot snapshot, Observations seen, FailureCollector failures) {
        var grant = past.grant();
        var bastions = bastionsOf(grant, snapshot, seen);
        var closing = ClosingGrant.of(
                past,
                ledger.commits(grant.environment()),
                seen.reports(),
                grace.applyTakes(),
                observations.lastSeen(grant.request()));
        var shown = seen.of(grant);
        if (shown.isEmpty()) {
            showUnobserved(past, closing, seen.bastions().faultOf(grant.environment()));
            return closing.needed();
        }
        var observedAt = shown.get().at();
        var absent = absentSince(past, !bastions.isEmpty(), observedAt);
        var stage = closing.stage(bastions.stream().findFirst(), observedAt, absent, grace.beforeAlarm());
        show(grant, stage);
        if (stage instanceof GrantStage.Gone) {
            observations.gone(past, observedAt, closing.reversion(observedAt));
        }
        if (stage instanceof GrantStage.Lingering(var _, var since, var _)
                && since.compareTo(grace.beforeTermination()) > 0) {
            terminate(grant, bastions, failures);
        }
        return stage instanceof GrantStage.Gone ? Set.of() : closing.needed();
    }

    /** The instances of an ended grant; one that leaves comes last. */
    private List<BastionObservation> bastionsOf(Grant ended, LedgerSnapshot snapshot, Observations seen) {
        var shown = seen.of(ended);
        var bastions = shown.map(Reading::value).orElse(List.of()).stream()
                .filter(bastion -> bastion.belongsToEnded(ended, snapshot.openGrants()))
                .sorted(LEAVING_LAST)
                .toList();
        shown.ifPresent(reading -> observations.ended(ended, bastions.stream().findFirst(), reading.at()));
        return bastions;
    }

    /** A process that has just started has not asked AWS yet, which is no silence; a refusal does not pass by itself. */
    private void showUnobserved(PastGrant past, ClosingGrant closing, Optional<Fault> fault) {
        var now = clock.instant();
        boolean isLongAgo =
                hasFollowed && past.endedAt().plus(grace.beforeAlarm()).isBefore(now);
        Optional<GrantStage.Wait> silence =
                isLongAgo ? Optional.of(new GrantStage.Wait.Unobserved()) : Optional.empty();
        var why = fault.<GrantStage.Wait>flatMap(what -> what instanceof Fault.Refused refused
                        ? Optional.of(new GrantStage.Wait.ObservationRefused(refused.answered(), refused.remedy()))
                        : Optional.empty())
                .or(() -> silence);
        show(past.grant(), closing.unobserved(now, why));
    }

    private void terminate(Grant grant, List<BastionObservation> bastions, FailureCollector failures) {
        bastions.stream()
                .filter(bastion -> !bastion.isLeaving())
                .forEach(bastion -> failures.attempt(
                        "bastion.terminate.failed",
                        Map.of("instance", bastion.instance()),
                        () -> terminate(grant, bastion)));
    }

    private void terminate(Grant grant, BastionObservation bastion) {
        if (terminator.terminate(bastion)) {
            observations.terminated(grant, bastion);
        }
    }

    /**
     * Absence counts from the grant's end only if that was before this process started: a manual commit may have been
     * made long before its push.
     */
    private Instant absentSince(PastGrant past, boolean isSeen, Instant observedAt) {
        var request = past.grant().request();
        if (isSeen) {
            absentSince.put(request, observedAt);
            return observedAt;
        }
        boolean isOlder = !hasFollowed && past.endedAt().isBefore(observedAt);
        return absentSince.computeIfAbsent(request, _ -> isOlder ? past.endedAt() : observedAt);
    }

    private void show(Grant grant, GrantStage stage) {
        notifier.show(new GrantStatus(grant, stage));
    }
}
