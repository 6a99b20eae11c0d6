package dev.bastion.access.reconcile;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.port.SessionMonitor;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The recorder of who connected. Once a bastion is recorded as gone, it asks SSM for the bastion's sessions, and
 * records them when all have ended, or as they are {@link #GIVE_UP_AFTER} later. The ledger alone says whose sessions
 * are missing, so that a restart loses nothing. While SSM refuses or fails, nothing is recorded, and SSM is asked less
 * often.
 */
public final class RecordSessions {
    /** How long after the bastion is gone a session that SSM lists as active is waited for. */
    static final Duration GIVE_UP_AFTER = Duration.ofMinutes(30);
    /** How long SSM keeps a session that has ended. */
    static final Duration KEPT_BY_SSM = Duration.ofDays(30);
    /** The most grants whose sessions one pass reads. */
    static final int MOST_PER_PASS = 3;

    static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    /** How long SSM is not asked after it refused: a person must change the role first. */
    static final Duration PAUSE_WHEN_REFUSED = Duration.ofMinutes(10);

    private final GrantLedger ledger;
    private final ObservationLog observations;
    private final SessionMonitor monitor;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final GrantInstances instances = new GrantInstances();
    /** When SSM is asked again about a grant with a session that had not ended. */
    private final Map<RequestId, Instant> askAt = new HashMap<>();
    /** What SSM answered, until the ledger has it. */
    private final Map<RequestId, Observation.Sessions> answers = new HashMap<>();

    /** The accounts that refused or did not answer. */
    private final Map<String, Pause> pauses = new HashMap<>();

    /** @param outcome the fault's, which is reported once */
    private record Pause(Instant until, String outcome) {}

    public RecordSessions(
            GrantLedger ledger,
            ObservationLog observations,
            SessionMonitor monitor,
            ReconcileLog log,
            InstantSource clock) {
        this.ledger = ledger;
        this.observations = observations;
        this.monitor = monitor;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Records what is due. It waits for SSM, so no other step may wait for it.
     *
     * @param bastions those that were observed last
     */
    public void record(LedgerSnapshot snapshot, List<BastionObservation> bastions, FailureCollector failures) {
        var now = clock.instant();
        var ended = ledger.endedSince(now.minus(KEPT_BY_SSM)).stream()
                .map(PastGrant::grant)
                .toList();
        instances.update(snapshot.openGrants(), ended, bastions);
        var missing = ended.stream().flatMap(grant -> missing(grant).stream()).toList();
        forgetAllBut(missing);
        for (var gone : due(missing, now)) {
            if (!isPaused(gone, now)) {
                failures.attempt("sessions.read.failed", gone.fields(), () -> ask(gone, now));
            }
        }
        answers.values().forEach(observations::record);
    }

    private Optional<GoneBastion> missing(Grant ended) {
        return observations.has(ended.request(), ObservationKind.SESSIONS)
                ? Optional.empty()
                : GoneBastion.of(ended, observations.of(ended.request()), instances.of(ended.request()));
    }

    private void forgetAllBut(List<GoneBastion> missing) {
        var wanted = missing.stream().map(GoneBastion::request).collect(Collectors.toSet());
        askAt.keySet().retainAll(wanted);
        answers.keySet().retainAll(wanted);
    }

    /** Those that wait longest come first. */
    private List<GoneBastion> due(List<GoneBastion> missing, Instant now) {
        return missing.stream()
                .filter(gone -> !answers.containsKey(gone.request()))
                .filter(gone -> !askAt(gone).isAfter(now) && !isPaused(gone, now))
                .sorted(Comparator.comparing(this::askAt))
                .limit(MOST_PER_PASS)
                .toList();
    }

    private Instant askAt(GoneBastion gone) {
        return askAt.getOrDefault(gone.request(), gone.at());
    }

    private void ask(GoneBastion gone, Instant now) {
        askAt.put(gone.request(), gone.askAgainAt(now));
        try {
            var listing = gone.sessions(monitor);
            if (listing.isComplete() || !now.isBefore(gone.at().plus(GIVE_UP_AFTER))) {
                boolean isKept = gone.since().isAfter(now.minus(KEPT_BY_SSM));
                answers.put(
                        gone.request(),
                        new Observation.Sessions(
                                gone.subject(),
                                now,
                                listing.sessions(),
                                listing.sessions().size(),
                                listing.isComplete() && isKept));
            }
            pauses.remove(gone.account());
        } catch (CallFailed e) {
            pause(gone, e, now);
        }
    }

    private boolean isPaused(GoneBastion gone, Instant now) {
        return Optional.ofNullable(pauses.get(gone.account()))
                .filter(pause -> now.isBefore(pause.until()))
                .isPresent();
    }

    /** What fails for one grant fails for all of the same account; each fault is reported once. */
    private void pause(GoneBastion gone, CallFailed failure, Instant now) {
        var pause = new Pause(now.plus(pause(failure.fault())), failure.fault().outcome());
        var before = Optional.ofNullable(pauses.put(gone.account(), pause));
        if (before.filter(one -> one.outcome().equals(pause.outcome())).isEmpty()) {
            log.failed("sessions.read.failed", gone.fields(), failure);
        }
    }

    private static Duration pause(Fault fault) {
        return switch (fault) {
            case Fault.Refused _ -> PAUSE_WHEN_REFUSED;
            case Fault.Unknown _ -> SHORTEST_PAUSE;
            case Fault.Later later ->
                later.retryAfter()
                        .filter(asked -> asked.compareTo(SHORTEST_PAUSE) > 0)
                        .orElse(SHORTEST_PAUSE);
        };
    }
}
