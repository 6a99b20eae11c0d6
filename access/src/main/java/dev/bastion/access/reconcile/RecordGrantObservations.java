package dev.bastion.access.reconcile;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.access.port.ObservationLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recorder of a grant's bastion: when it was online first, when it was seen last and absent first, and what ended it. It
 * records what this process observed and what the ledger knows from before; everything else counts as unknown.
 */
public final class RecordGrantObservations {
    /** EC2's reason for every end by a call of its API. */
    private static final String ENDED_BY_API = "Client.UserInitiatedShutdown";

    /**
     * What this process saw of a grant's bastion.
     *
     * @param absentSince the first observation without it since then
     */
    private record Sighting(
            Optional<BastionObservation> last, Optional<Instant> lastSeen, Optional<Instant> absentSince) {
        static final Sighting NONE = new Sighting(Optional.empty(), Optional.empty(), Optional.empty());

        Sighting absentAt(Instant at) {
            return new Sighting(last, lastSeen, Optional.of(absentSince.orElse(at)));
        }
    }

    private final ObservationLog log;
    private final Map<RequestId, Sighting> sightings = new ConcurrentHashMap<>();
    /** The grants whose last instance the service terminated, with its id. */
    private final Map<RequestId, String> terminated = new ConcurrentHashMap<>();
    /** The grants whose end this process has handed to the log. */
    private final Set<RequestId> recorded = ConcurrentHashMap.newKeySet();

    public RecordGrantObservations(ObservationLog log) {
        this.log = log;
    }

    /** Notes the bastion of an open grant, or its absence. */
    void open(Grant grant, Optional<BastionObservation> bastion, Instant at) {
        note(grant, bastion, at);
        bastion.filter(one -> one.condition() == BastionObservation.Condition.READY)
                .filter(_ -> !log.has(grant.request(), ObservationKind.READY))
                .flatMap(RecordGrantObservations::instance)
                .ifPresent(instance -> log.record(
                        new Observation.Ready(subject(grant), at, instance, Duration.between(grant.createdAt(), at))));
    }

    /** Notes the bastion of an ended grant, or its absence. */
    void ended(Grant grant, Optional<BastionObservation> bastion, Instant at) {
        note(grant, bastion, at);
    }

    private void note(Grant grant, Optional<BastionObservation> bastion, Instant at) {
        sightings.compute(
                grant.request(),
                (_, known) -> bastion.isPresent()
                        ? new Sighting(bastion, Optional.of(at), Optional.empty())
                        : (known == null ? Sighting.NONE : known).absentAt(at));
    }

    void terminated(Grant grant, BastionObservation bastion) {
        terminated.put(grant.request(), bastion.instance());
    }

    /** When the bastion was seen last by this process. */
    Optional<Instant> lastSeen(RequestId request) {
        return sighting(request).lastSeen();
    }

    private Sighting sighting(RequestId request) {
        return sightings.getOrDefault(request, Sighting.NONE);
    }

    /**
     * Whether there is nothing left to record of a grant whose end people have seen. Where the ledger has older observations, or
     * that it was ready, an end that it lacks was left by a process that stopped in between. Of other grants a version of the
     * service without observations left nothing, and they get no end with a time of today.
     */
    boolean isRecorded(PastGrant past) {
        RequestId request = past.grant().request();
        return recorded.contains(request)
                || log.has(request, ObservationKind.GONE)
                || !(log.has(request, ObservationKind.READY) || isObservedSince(past.endedAt()));
    }

    private boolean isObservedSince(Instant end) {
        return log.oldest().filter(oldest -> oldest.isBefore(end)).isPresent();
    }

    /**
     * Records that a grant's bastion is gone.
     *
     * @param observedAt when it was observed absent
     * @param reversion CI's report on the reversion, or on a later commit
     */
    void gone(PastGrant past, Instant observedAt, ApplyStatus reversion) {
        Grant grant = past.grant();
        Sighting seen = sighting(grant.request());
        if (recorded.add(grant.request()) && !log.has(grant.request(), ObservationKind.GONE)) {
            log.record(new Observation.Gone(
                    subject(grant),
                    seen.absentSince().orElse(observedAt),
                    seen.last().flatMap(RecordGrantObservations::instance).or(() -> instanceWhenReady(grant)),
                    seen.lastSeen(),
                    source(past, seen, reversion)));
        }
    }

    private Optional<Instance> instanceWhenReady(Grant grant) {
        return log.of(grant.request()).stream()
                .flatMap(known -> known instanceof Observation.Ready ready
                        ? Optional.of(ready.instance()).stream()
                        : Optional.<Instance>empty().stream())
                .findFirst();
    }

    private GoneSource source(PastGrant past, Sighting seen, ApplyStatus reversion) {
        Optional<String> reason =
                seen.last().flatMap(bastion -> bastion.details().endReason());
        boolean isByService = seen.last()
                .filter(bastion ->
                        bastion.instance().equals(terminated.get(past.grant().request())))
                .isPresent();
        boolean wasGoneBefore =
                seen.absentSince().filter(at -> !at.isAfter(past.endedAt())).isPresent();
        if (reason.isPresent() && !reason.get().startsWith(ENDED_BY_API)) {
            return new GoneSource.Platform(reason.get());
        }
        if (isByService) {
            return new GoneSource.Service();
        }
        return reversion instanceof ApplyStatus.Succeeded succeeded && !wasGoneBefore
                ? new GoneSource.Apply(succeeded.run())
                : reason.<GoneSource>map(GoneSource.Platform::new).orElseGet(GoneSource.Unknown::new);
    }

    /** Forgets every grant but these. */
    void retain(Set<RequestId> requests) {
        sightings.keySet().retainAll(requests);
        terminated.keySet().retainAll(requests);
    }

    /** Forgets the recorded ends of every grant but these. */
    void retainRecorded(Set<RequestId> requests) {
        recorded.retainAll(requests);
    }

    private static Observation.Subject subject(Grant grant) {
        return new Observation.Subject(grant.environment(), grant.request(), grant.holder());
    }

    /** The instance as the ledger keeps it; empty for an id that is none. */
    private static Optional<Instance> instance(BastionObservation bastion) {
        BastionObservation.Details details = bastion.details();
        return Instance.of(bastion.instance(), details.account(), details.region(), details.image());
    }
}
