package dev.bastion.app.aws.account;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.snapshot.AwsPlace;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The places of a ledger, as its configuration names them now.
 *
 * @param placeOf the place of an environment; empty where it has none
 */
public record WatchedPlaces(List<WatchedPlace> all, Function<EnvironmentName, Optional<AwsPlace>> placeOf) {
    public WatchedPlaces {
        all = List.copyOf(all);
    }

    /** Those of a ledger without accounts: the service's own account, in the region of its settings. */
    public static WatchedPlaces only(String region) {
        return new WatchedPlaces(List.of(WatchedPlace.only(region)), _ -> Optional.of(AwsPlace.ONLY));
    }

    /** The watched place of an environment. */
    Optional<WatchedPlace> of(EnvironmentName environment) {
        return placeOf.apply(environment).flatMap(this::at);
    }

    /** The watched place that is at this place. */
    Optional<WatchedPlace> at(AwsPlace place) {
        return all.stream().filter(watched -> watched.place().equals(place)).findFirst();
    }
}
