package dev.bastion.layout.account;

import java.util.Optional;

/**
 * The account and region of an environment.
 *
 * @param region empty where {@code ledger.yaml} lists no region of the account
 */
public record Place(AccountKey account, Optional<Region> region) {
    /** The place of every environment where {@code ledger.yaml} has no {@code accounts}. */
    public static final Place DEFAULT = new Place(AccountKey.DEFAULT, Optional.empty());

    @Override
    public String toString() {
        return account + region.map(known -> "/" + known).orElse("");
    }
}
