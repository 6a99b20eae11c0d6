package dev.bastion.access.snapshot;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.ReconcileLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A look at all places now, for the answer to a person. It waits for no place longer than its patience: one that does not
 * answer stays as the reconcile pass saw it last.
 */
public final class BastionLook {
    /** Longer than AWS usually takes, and short enough for a person who waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ATTEMPTED = "describing the bastion instances";

    private final BastionPlaces places;
    private final Supplier<Sightings> lastRead;
    private final Duration patience;
    private final Executor threads;
    private final ReconcileLog log;
    private final InstantSource clock;

    /**
     * @param lastRead what the reconcile pass saw last
     * @param threads one for each place
     */
    public BastionLook(
            BastionPlaces places,
            Supplier<Sightings> lastRead,
            Duration patience,
            Executor threads,
            ReconcileLog log,
            InstantSource clock) {
        this.places = places;
        this.lastRead = lastRead;
        this.patience = patience;
        this.threads = threads;
        this.log = log;
        this.clock = clock;
    }

    /** Every place. */
    public Sightings all() {
        return look(places.monitors());
    }

    /** The place of an environment alone; no place where none is configured. */
    public Sightings at(EnvironmentName environment) {
        Map<AwsPlace, BastionMonitor> own = new LinkedHashMap<>();
        places.placeOf(environment)
                .ifPresent(place -> Optional.ofNullable(places.monitors().get(place))
                        .ifPresent(monitor -> own.put(place, monitor)));
        return look(own);
    }

    private Sightings look(Map<AwsPlace, BastionMonitor> at) {
        Instant now = clock.instant();
        Map<AwsPlace, CompletableFuture<List<BastionObservation>>> looks = new LinkedHashMap<>();
        at.forEach((place, monitor) -> looks.put(place, CompletableFuture.supplyAsync(() -> monitor.look(), threads)));
        Instant until = now.plus(patience);
        List<Sighting> seen = looks.entrySet().stream()
                .map(look -> answer(look.getKey(), look.getValue(), now, until))
                .toList();
        return new Sightings(seen, places::placeOf);
    }

    private Sighting answer(
            AwsPlace place, CompletableFuture<List<BastionObservation>> look, Instant now, Instant until) {
        try {
            long left = Math.max(0, Duration.between(clock.instant(), until).toMillis());
            return new Sighting(
                    place,
                    Optional.of(new Reading<>(look.get(left, TimeUnit.MILLISECONDS), now)),
                    Optional.empty(),
                    true);
        } catch (TimeoutException e) {
            return before(place, silent("no answer for " + patience.toSeconds() + " s", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return before(place, silent("the service stops", e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError fatal) {
                throw fatal;
            }
            return e.getCause() instanceof CallFailed known
                    ? before(place, known)
                    : before(place, new ObservationFailed(ExternalSystem.AWS, ATTEMPTED, e).fault(), e);
        }
    }

    private static ObservationFailed silent(String answered, Exception why) {
        return new ObservationFailed(new Fault.Later(ExternalSystem.AWS, ATTEMPTED, answered), why);
    }

    private Sighting before(AwsPlace place, CallFailed why) {
        return before(place, why.fault(), why);
    }

    private Sighting before(AwsPlace place, Fault fault, Exception why) {
        log.failed("status.observation.failed", Map.of("place", place.title().orElse("AWS")), why);
        Optional<Reading<List<BastionObservation>>> last = lastRead.get().places().stream()
                .filter(sighting -> sighting.place().equals(place))
                .findFirst()
                .flatMap(Sighting::last);
        return new Sighting(place, last, Optional.of(fault), false);
    }
}
