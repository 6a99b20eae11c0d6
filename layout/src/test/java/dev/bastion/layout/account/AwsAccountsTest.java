package dev.bastion.layout.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsAccountsTest {
    private static final String DEFAULT_WITHOUT_REGIONS =
            "has {region} but no {account}, so that accounts.default must list the regions; add it";

    private static AwsAccount account(String key, String... regions) {
        return new AwsAccount(
                new AccountKey(key),
                "123456789012",
                Stream.of(regions).map(Region::new).toList(),
                AccountRoles.NONE,
                Optional.empty());
    }

    private static AwsAccounts accounts(AwsAccount... all) {
        return new AwsAccounts(List.of(all));
    }

    private static List<String> places(AwsAccounts accounts, boolean hasAccount, boolean hasRegion) {
        return accounts.places(hasAccount, hasRegion).stream()
                .map(Place::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345678901", "1234567890123", "12345678901a", " 23456789012"})
    void anAccountHasTwelveDigits(String id) {
        assertThatThrownBy(() -> new AwsAccount(AccountKey.DEFAULT, id, List.of(), AccountRoles.NONE, Optional.empty()))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("12 digits");
    }

    @Test
    void aPatternWithoutPlaceholdersNeedsADefaultWhereThereAreAccounts() {
        assertThat(AwsAccounts.NONE.problemWith(false, false)).isEmpty();
        assertThat(accounts(account("prod"), account("default")).problemWith(false, false))
                .isEmpty();
        assertThat(accounts(account("prod", "eu-west-1")).problemWith(false, false))
                .contains("has no {account}, and accounts has no default; add one of them");
    }

    @Test
    void aPatternWithARegionAloneNeedsTheRegionsOfTheDefault() {
        assertThat(accounts(account("default", "eu-west-1")).problemWith(false, true))
                .isEmpty();
        assertThat(AwsAccounts.NONE.problemWith(false, true)).contains(DEFAULT_WITHOUT_REGIONS);
        assertThat(accounts(account("default")).problemWith(false, true)).contains(DEFAULT_WITHOUT_REGIONS);
        assertThat(accounts(account("prod", "eu-west-1")).problemWith(false, true))
                .contains(DEFAULT_WITHOUT_REGIONS);
    }

    @Test
    void aPatternWithAnAccountNeedsAccounts() {
        String expected = "has {account}, but there are no accounts; list them under accounts";
        assertThat(AwsAccounts.NONE.problemWith(true, false)).contains(expected);
        assertThat(AwsAccounts.NONE.problemWith(true, true)).contains(expected);
        assertThat(accounts(account("prod")).problemWith(true, false)).isEmpty();
    }

    @Test
    void aPatternWithBothNeedsTheRegionsOfEveryAccount() {
        assertThat(accounts(account("prod", "eu-west-1"), account("dev", "us-east-1"))
                        .problemWith(true, true))
                .isEmpty();
        assertThat(accounts(account("prod", "eu-west-1"), account("dev"), account("test"))
                        .problemWith(true, true))
                .contains("has {region}, but accounts has no regions of dev, test; list them");
    }

    @Test
    void thePlaceholdersSayWhichPlacesArePossible() {
        AwsAccounts accounts =
                accounts(account("prod", "eu-west-1", "us-east-1"), account("default", "eu-west-3", "eu-central-1"));
        assertThat(places(accounts, true, true))
                .containsExactly("prod/eu-west-1", "prod/us-east-1", "default/eu-west-3", "default/eu-central-1");
        assertThat(places(accounts, true, false)).containsExactly("prod/eu-west-1", "default/eu-west-3");
        assertThat(places(accounts, false, true)).containsExactly("default/eu-west-3", "default/eu-central-1");
        assertThat(places(accounts, false, false)).containsExactly("default/eu-west-3");
    }

    @Test
    void withoutAccountsOnlyAPatternWithoutPlaceholdersHasAPlace() {
        assertThat(AwsAccounts.NONE.places(false, false)).containsExactly(Place.DEFAULT);
        assertThat(AwsAccounts.NONE.places(true, false)).isEmpty();
        assertThat(AwsAccounts.NONE.places(false, true)).isEmpty();
    }

    @Test
    void accountsOfEarlierVersionsAreKnownBehindThoseOfNow() {
        AwsAccount now = account("prod", "eu-west-1");
        AwsAccount before = account("prod", "us-east-1");
        AwsAccount gone = account("old", "eu-west-1");
        AwsAccounts all = accounts(now).after(List.of(before, gone, account("old", "us-east-1")));
        assertThat(all.all()).containsExactly(now, gone);
        assertThat(AwsAccounts.NONE.after(List.of())).isEqualTo(AwsAccounts.NONE);
    }
}
