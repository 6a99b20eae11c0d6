package dev.bastion.app.aws.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The places of a ledger's accounts, and which of them each environment has. */
class WatchedPlacesTest {
    private static final AccountKey LIVE = new AccountKey("live");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final AwsAccounts ACCOUNTS = new AwsAccounts(List.of(
            new AwsAccount(
                    LIVE,
                    "222222222222",
                    List.of(new Region("us-east-1"), new Region("eu-west-1")),
                    new AccountRoles(
                            Optional.of("arn:aws:iam::222222222222:role/watch"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("acme")),
                    Optional.empty(),
                    Optional.of("acme-live")),
            new AwsAccount(AccountKey.DEFAULT, "000000000001", List.of(), AccountRoles.NONE, Optional.empty())));

    private static Optional<AwsPlace> place(Optional<Place> byPath) {
        return WatchedPlaces.of(ACCOUNTS, "eu-central-1", _ -> byPath).placeOf().apply(PROD);
    }

    @Test
    void everyRegionOfEveryAccountIsWatched() {
        List<WatchedPlace> all = WatchedPlaces.of(ACCOUNTS, "eu-central-1", _ -> Optional.empty())
                .all();
        assertThat(all)
                .containsExactly(
                        new WatchedPlace(
                                new AwsPlace("live", "222222222222", "us-east-1"),
                                "us-east-1",
                                Optional.of("arn:aws:iam::222222222222:role/watch"),
                                Optional.of("acme"),
                                Optional.of("acme-live")),
                        new WatchedPlace(
                                new AwsPlace("live", "222222222222", "eu-west-1"),
                                "eu-west-1",
                                Optional.of("arn:aws:iam::222222222222:role/watch"),
                                Optional.of("acme"),
                                Optional.of("acme-live")),
                        new WatchedPlace(
                                new AwsPlace("default", "000000000001", "eu-central-1"),
                                "eu-central-1",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void anEnvironmentIsInTheRegionOfItsPathOrTheFirstOfItsAccount() {
        assertThat(place(Optional.of(new Place(LIVE, Optional.of(new Region("eu-west-1"))))))
                .contains(new AwsPlace("live", "222222222222", "eu-west-1"));
        assertThat(place(Optional.of(new Place(LIVE, Optional.empty()))))
                .contains(new AwsPlace("live", "222222222222", "us-east-1"));
        assertThat(place(Optional.of(Place.DEFAULT))).contains(new AwsPlace("default", "000000000001", "eu-central-1"));
    }

    @Test
    void aPlaceThatNobodyWatchesIsNone() {
        assertThat(place(Optional.of(new Place(LIVE, Optional.of(new Region("sa-east-1"))))))
                .isEmpty();
        assertThat(place(Optional.of(new Place(new AccountKey("other"), Optional.empty()))))
                .isEmpty();
        assertThat(place(Optional.empty())).isEmpty();
    }

    @Test
    void aLedgerWithoutAccountsHasOnePlace() {
        WatchedPlaces only = WatchedPlaces.of(AwsAccounts.NONE, "eu-central-1", _ -> Optional.of(Place.DEFAULT));
        assertThat(only.all()).extracting(WatchedPlace::region).containsExactly("eu-central-1");
        assertThat(only.placeOf().apply(PROD)).contains(AwsPlace.ONLY);
    }
}
