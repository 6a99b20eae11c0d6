package dev.bastion.access.snapshot;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
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
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The part of the snapshot that has the instances: one {@link SnapshotPart} for each place, so that a place that does not
 * answer keeps none of the others waiting, and its last answer stays. A place that is configured no more is watched on while
 * it showed an instance last.
 */
public final class InstancesPart {
    private static final String NAME = "instances";

    private final BastionPlaces places;
    private final Duration every;
    private final Duration budget;
    private final Executor threads;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final Map<AwsPlace, SnapshotPart<List<BastionObservation>>> parts = new LinkedHashMap<>();

    /**
     * @param every the interval of the looks at one place
     * @param budget how long one look may take
     */
    public InstancesPart(
            BastionPlaces places,
            Duration every,
            Duration budget,
            Executor threads,
            ReconcileLog log,
            InstantSource clock) {
        this.places = places;
        this.every = every;
        this.budget = budget;
        this.threads = threads;
        this.log = log;
        this.clock = clock;
        update();
    }

    /** The interval of the looks. */
    public Duration every() {
        return every;
    }

    /** Starts a look at each place where it is time for one and none is running. */
    public void refreshIfDue() {
        update();
        current().values().forEach(SnapshotPart::refreshIfDue);
    }

    private synchronized void update() {
        Map<AwsPlace, BastionMonitor> now = places.monitors();
        parts.entrySet()
                .removeIf(known -> !now.containsKey(known.getKey())
                        && known.getValue()
                                .last()
                                .map(Reading::value)
                                .orElse(List.of())
                                .isEmpty());
        now.forEach((place, monitor) -> parts.computeIfAbsent(place, _ -> part(place, monitor)));
    }

    private SnapshotPart<List<BastionObservation>> part(AwsPlace place, BastionMonitor monitor) {
        var schedule = new SnapshotPart.Schedule(place.title().orElse(NAME), ExternalSystem.AWS, every, budget);
        return new SnapshotPart<>(schedule, monitor::look, threads, log, clock);
    }

    private synchronized Map<AwsPlace, SnapshotPart<List<BastionObservation>>> current() {
        return new LinkedHashMap<>(parts);
    }

    /** What every place answered last. */
    public Sightings sightings() {
        List<Sighting> sightings = current().entrySet().stream()
                .map(known -> sighting(known.getKey(), known.getValue()))
                .toList();
        return new Sightings(sightings, places::placeOf);
    }

    private static Sighting sighting(AwsPlace place, SnapshotPart<List<BastionObservation>> part) {
        return new Sighting(
                place,
                part.last(),
                part.outage().map(Outage::fault),
                part.fresh().isPresent());
    }

    /** When each place was looked at last. */
    public Stream<Optional<Instant>> readAt() {
        return current().values().stream().map(part -> part.last().map(Reading::at));
    }

    /** The faults of the last looks, for people. */
    public Stream<String> faults() {
        return current().entrySet().stream()
                .flatMap(known -> known
                        .getKey()
                        .title()
                        .map(title -> silence(title, known.getValue()))
                        .orElseGet(() -> known.getValue().fault())
                        .stream());
    }

    private static Optional<String> silence(String title, SnapshotPart<List<BastionObservation>> part) {
        return part.outage()
                .map(outage -> title
                        + outage.asOf()
                                .map(at -> " has not answered since " + at)
                                .orElse(" has never answered")
                        + ": " + outage.fault().line());
    }
}
