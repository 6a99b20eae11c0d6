package dev.bastion.access.snapshot;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every place answered last of its bastions. An environment's bastion is only what its own place shows: no other place
 * can say that it is gone, and an instance elsewhere is none of its.
 *
 * @param placeOf the place of an environment; empty where none is configured
 */
public record Sightings(List<Sighting> places, Function<EnvironmentName, Optional<AwsPlace>> placeOf) {
    /** Nothing was ever seen. */
    public static final Sightings NONE = of(Optional.empty());

    public Sightings {
        places = List.copyOf(places);
    }

    /** Those of the one place of a ledger without accounts, as a fresh answer. */
    public static Sightings of(Optional<Reading<List<BastionObservation>>> seen) {
        return of(seen, Optional.empty());
    }

    /** The same with what the last look came to. */
    public static Sightings of(Optional<Reading<List<BastionObservation>>> seen, Optional<Fault> fault) {
        return new Sightings(List.of(new Sighting(AwsPlace.ONLY, seen, fault, true)), _ -> Optional.of(AwsPlace.ONLY));
    }

    /** The bastions of an environment's place as seen last; empty while that place never answered. */
    public Optional<List<BastionObservation>> lastOf(EnvironmentName environment) {
        return at(environment).flatMap(Sighting::last).map(Reading::value);
    }

    /** The bastions of an environment's place; empty without an answer that is recent enough to act on. */
    public Optional<Reading<List<BastionObservation>>> freshOf(EnvironmentName environment) {
        return at(environment).flatMap(Sighting::fresh);
    }

    /** Why an environment's bastion cannot be seen; empty after a look that worked, and before the first. */
    public Optional<Fault> faultOf(EnvironmentName environment) {
        return placeOf.apply(environment).isEmpty()
                ? Optional.of(withoutPlace(environment))
                : at(environment).flatMap(Sighting::fault);
    }

    private static Fault withoutPlace(EnvironmentName environment) {
        return new Fault.Refused(
                ExternalSystem.AWS,
                "finding the account of " + environment.value(),
                "no account of ledger.yaml has it",
                "add the account to accounts of ledger.yaml");
    }

    private Optional<Sighting> at(EnvironmentName environment) {
        return placeOf.apply(environment)
                .flatMap(at -> places.stream()
                        .filter(sighting -> sighting.place().equals(at))
                        .findFirst());
    }

    /** All bastions as their places showed them last: what a silent place showed stays, since nobody saw it vanish. */
    public List<BastionObservation> all() {
        return places.stream()
                .flatMap(sighting -> sighting.bastions().stream())
                .distinct()
                .toList();
    }

    /** When the newest answer was given that is recent enough to act on. */
    public Optional<Instant> newestAt() {
        return places.stream()
                .flatMap(sighting -> sighting.fresh().stream())
                .map(Reading::at)
                .max(Comparator.naturalOrder());
    }

    /** Whether the instance is in another place than the environment's. */
    public boolean isElsewhere(BastionObservation bastion, EnvironmentName environment) {
        Optional<AwsPlace> own = placeOf.apply(environment);
        return places.stream()
                .filter(sighting -> sighting.bastions().contains(bastion))
                .noneMatch(sighting -> own.equals(Optional.of(sighting.place())));
    }

    /** Whether a place has shown the instance in an answer that is recent enough to act on. */
    public boolean isSeenNow(BastionObservation bastion) {
        return places.stream()
                .flatMap(sighting -> sighting.fresh().stream())
                .anyMatch(reading -> reading.value().contains(bastion));
    }

    /** The places that do not answer at present. */
    public List<Outage> outages() {
        return places.stream().flatMap(sighting -> sighting.outage().stream()).toList();
    }
}
