package dev.bastion.apply;

import dev.bastion.layout.Layout;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import java.util.Optional;

/**
 * The environment of a run, and the account and region that its path names.
 *
 * @param plansOnly whether the run changes nothing
 * @param environment the environment's name, or its directory where no pattern names it
 * @param account empty where {@code ledger.yaml} lists no account for it
 * @param region that of its path, else the first of its account
 */
public record RunTarget(boolean plansOnly, String environment, Optional<AwsAccount> account, Optional<Region> region) {
    /**
     * The target of a run.
     *
     * @param file the environment's file in the repository
     */
    static RunTarget of(boolean plansOnly, String environment, String file, Layout layout) {
        Optional<Place> place = layout.placeAt(file);
        Optional<AwsAccount> account = place.flatMap(at -> layout.accounts().account(at.account()));
        return new RunTarget(
                plansOnly,
                environment,
                account,
                place.flatMap(Place::region).or(() -> account.flatMap(AwsAccount::region)));
    }

    /** The ARN of the role that the account has for such a run. */
    public Optional<String> role() {
        return account.map(AwsAccount::roles).flatMap(roles -> plansOnly ? roles.plan() : roles.apply());
    }
}
