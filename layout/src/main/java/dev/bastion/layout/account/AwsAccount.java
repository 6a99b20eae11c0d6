package dev.bastion.layout.account;

import dev.bastion.access.grant.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One AWS account of {@code ledger.yaml}.
 *
 * @param id its 12 digits
 * @param regions the first is that of environments whose pattern has no {@code {region}}
 * @param roles the ARNs of its roles
 * @param stateBucket the bucket of its Terraform states
 * @param profile the profile of people's AWS configuration that the commands shown to them name
 */
public record AwsAccount(
        AccountKey key,
        String id,
        List<Region> regions,
        AccountRoles roles,
        Optional<String> stateBucket,
        Optional<String> profile) {
    private static final Pattern ID = Pattern.compile("[0-9]{12}");

    public AwsAccount {
        if (!ID.matcher(id).matches()) {
            throw new InvalidValue("account id", id, "12 digits");
        }
        regions = List.copyOf(regions);
    }

    /** An account without a profile. */
    public AwsAccount(
            AccountKey key, String id, List<Region> regions, AccountRoles roles, Optional<String> stateBucket) {
        this(key, id, regions, roles, stateBucket, Optional.empty());
    }

    /** The first region. */
    public Optional<Region> region() {
        return regions.stream().findFirst();
    }

    /** The place of environments whose pattern has no {@code {region}}. */
    public Place place() {
        return new Place(key, region());
    }
}
