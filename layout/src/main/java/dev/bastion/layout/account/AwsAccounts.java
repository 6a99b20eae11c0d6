package dev.bastion.layout.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The AWS accounts of {@code ledger.yaml}; without that key none, and every environment is at {@link Place#DEFAULT}. */
public record AwsAccounts(List<AwsAccount> all) {
    public static final AwsAccounts NONE = new AwsAccounts(List.of());

    public AwsAccounts {
        all = List.copyOf(all);
    }

    /** The account with this key. */
    public Optional<AwsAccount> account(AccountKey key) {
        return all.stream().filter(account -> account.key().equals(key)).findFirst();
    }

    /** The same, with those of earlier versions whose keys are no longer there; of two with one key the first. */
    public AwsAccounts after(List<AwsAccount> earlier) {
        Map<AccountKey, AwsAccount> byKey = new LinkedHashMap<>();
        Stream.concat(all.stream(), earlier.stream()).forEach(account -> byKey.putIfAbsent(account.key(), account));
        return new AwsAccounts(List.copyOf(byKey.values()));
    }

    /** Why environments of a pattern with these placeholders could have no place, and what to write; empty when each can have one. */
    public Optional<String> problemWith(boolean hasAccount, boolean hasRegion) {
        if (hasAccount) {
            List<String> without = keysWithoutRegions(all);
            return all.isEmpty()
                    ? Optional.of("has {account}, but there are no accounts; list them under accounts")
                    : Optional.of(without)
                            .filter(keys -> hasRegion && !keys.isEmpty())
                            .map(keys -> "has {region}, but accounts has no regions of " + String.join(", ", keys)
                                    + "; list them");
        }
        boolean isRegionKnown = account(AccountKey.DEFAULT)
                .filter(known -> !known.regions().isEmpty())
                .isPresent();
        if (hasRegion && !isRegionKnown) {
            return Optional.of("has {region} but no {account}, so that accounts.default must list the regions; add it");
        }
        return all.isEmpty() || account(AccountKey.DEFAULT).isPresent()
                ? Optional.empty()
                : Optional.of("has no {account}, and accounts has no default; add one of them");
    }

    private static List<String> keysWithoutRegions(List<AwsAccount> accounts) {
        return accounts.stream()
                .filter(account -> account.regions().isEmpty())
                .map(account -> account.key().value())
                .toList();
    }

    /** The places that environments of a pattern may have, by the placeholders in its path. */
    public List<Place> places(boolean hasAccount, boolean hasRegion) {
        List<AwsAccount> possible =
                hasAccount ? all : account(AccountKey.DEFAULT).stream().toList();
        if (possible.isEmpty() && !hasAccount && !hasRegion) {
            return List.of(Place.DEFAULT);
        }
        return possible.stream()
                .flatMap(account -> hasRegion ? everyRegion(account) : Stream.of(account.place()))
                .toList();
    }

    private static Stream<Place> everyRegion(AwsAccount account) {
        return account.regions().stream().map(region -> new Place(account.key(), Optional.of(region)));
    }
}
