package dev.bastion.cli.init;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import dev.bastion.layout.slot.SlotCounts;
import java.util.List;
import java.util.Locale;

/**
 * What a person decided about a new ledger.
 *
 * @param patterns the paths of environment files
 * @param environments the environments that the policy names, without their slots
 * @param created the environments and slots whose file is still to be written
 * @param codeOwners GitHub's names of the code owners, like {@code @acme/platform}; empty for the owners' logins
 */
record LedgerChoices(
        List<PathPattern> patterns,
        AwsAccounts accounts,
        SlotCounts slots,
        List<EnvironmentName> environments,
        List<EnvironmentName> created,
        ModuleSource module,
        ForgeRepository repository,
        String branch,
        String channel,
        List<Owner> owners,
        List<String> codeOwners,
        AwsPlace aws) {
    LedgerChoices {
        patterns = List.copyOf(patterns);
        environments = List.copyOf(environments);
        created = List.copyOf(created);
        owners = List.copyOf(owners);
        codeOwners = List.copyOf(codeOwners);
    }

    /** The layout of the ledger. */
    Layout layout() {
        return new Layout(GeneratedFiles.CONFIGURATION, patterns, List.of(module), List.of()).withAccounts(accounts);
    }

    /**
     * The place of the bastions and their Terraform state.
     *
     * @param region that of environments whose path and account name none
     * @param stateBucket a bucket, or several with {@code {account}} and {@code {region}} in the name
     */
    record AwsPlace(String region, String stateBucket) {
        AwsPlace at(Place place) {
            String here = place.region().map(Region::value).orElse(region);
            return new AwsPlace(
                    here,
                    stateBucket
                            .replace("{account}", place.account().value().toLowerCase(Locale.ROOT))
                            .replace("{region}", here));
        }
    }
}
