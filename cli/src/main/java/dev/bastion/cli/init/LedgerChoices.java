package dev.bastion.cli.init;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.PathPattern;
import java.util.List;

/**
 * What a person decided about a new ledger.
 *
 * @param patterns the paths of environment files
 * @param environments the environments that the policy names
 * @param created those of them whose file is still to be written
 * @param codeOwners GitHub's names of the code owners, like {@code @acme/platform}; empty for the owners' logins
 */
record LedgerChoices(
        List<PathPattern> patterns,
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

    /** The place of the bastions and their Terraform state. */
    record AwsPlace(String region, String stateBucket) {}
}
