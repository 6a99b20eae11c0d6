package dev.bastion.access.place;

import java.util.Optional;

/**
 * A place where bastions run: a region of an AWS account.
 *
 * @param account the key that {@code ledger.yaml} gives the account
 * @param id the account's twelve digits
 * @param region like {@code eu-west-1}
 */
public record AwsPlace(String account, String id, String region) {
    /** The one place of a ledger without {@code accounts}: the service's own account, in the region of its settings. */
    public static final AwsPlace ONLY = new AwsPlace("", "", "");

    /** The name for people, as it stands within a sentence; empty for {@link #ONLY}, which has none. */
    public Optional<String> title() {
        return equals(ONLY) ? Optional.empty() : Optional.of("account " + account + " (" + id + ", " + region + ")");
    }
}
