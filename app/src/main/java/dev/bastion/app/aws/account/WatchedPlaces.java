package dev.bastion.app.aws.account;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The places of a ledger, as its configuration names them now.
 *
 * @param placeOf the place of an environment; empty where it has none
 */
public record WatchedPlaces(List<WatchedPlace> all, Function<EnvironmentName, Optional<AwsPlace>> placeOf) {
    /** Those of a ledger that has not been read. */
    public static final WatchedPlaces NONE = new WatchedPlaces(List.of(), _ -> Optional.empty());

    public WatchedPlaces {
        all = List.copyOf(all);
    }

    /** Those of a ledger without accounts: the service's own account, in the region of its settings. */
    public static WatchedPlaces only(String region) {
        return new WatchedPlaces(List.of(WatchedPlace.only(region)), _ -> Optional.of(AwsPlace.ONLY));
    }

    /**
     * Those of a ledger's accounts, each with all its regions; of a ledger without accounts the service's own.
     *
     * @param region of the settings, for an account that lists none
     * @param placeOf the account and region of an environment, by the ledger's paths
     */
    public static WatchedPlaces of(
            AwsAccounts accounts, String region, Function<EnvironmentName, Optional<Place>> placeOf) {
        if (accounts.all().isEmpty()) {
            return only(region);
        }
        List<WatchedPlace> all = accounts.all().stream()
                .flatMap(account -> regions(account, region).map(each -> watched(account, each)))
                .toList();
        return new WatchedPlaces(
                all,
                environment -> placeOf.apply(environment)
                        .flatMap(at -> accounts.account(at.account())
                                .map(account -> place(
                                        account,
                                        at.region()
                                                .map(Region::value)
                                                .orElseGet(() -> regions(account, region)
                                                        .findFirst()
                                                        .orElse(region)))))
                        .filter(at ->
                                all.stream().anyMatch(watched -> watched.place().equals(at))));
    }

    private static Stream<String> regions(AwsAccount account, String region) {
        return account.regions().isEmpty()
                ? Stream.of(region)
                : account.regions().stream().map(Region::value);
    }

    private static AwsPlace place(AwsAccount account, String region) {
        return new AwsPlace(account.key().value(), account.id(), region);
    }

    private static WatchedPlace watched(AwsAccount account, String region) {
        return new WatchedPlace(
                place(account, region),
                region,
                account.roles().watch(),
                account.roles().externalId(),
                account.profile());
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
