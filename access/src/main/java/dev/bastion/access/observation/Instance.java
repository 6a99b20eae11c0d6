package dev.bastion.access.observation;

import dev.bastion.access.grant.InvalidValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bastion's instance, as EC2 describes it. What has not the form of such a value counts as unknown.
 *
 * @param id like {@code i-0123456789abcdef0}
 * @param account the AWS account's id of 12 digits; empty where it is not known
 * @param region like {@code eu-west-1}
 * @param image the id of the machine image, like {@code ami-0123456789abcdef0}; empty where it is not known
 */
public record Instance(String id, Optional<String> account, Optional<String> region, Optional<String> image) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern IMAGE = Pattern.compile("ami-[0-9a-z]{1,40}");

    public Instance {
        if (!ID.matcher(id).matches()) {
            throw new InvalidValue("instance id", id, "one like i-0123456789abcdef0");
        }
        account = ForeignValues.matching(ACCOUNT, account);
        region = ForeignValues.matching(REGION, region);
        image = ForeignValues.matching(IMAGE, image);
    }

    /** The instance; empty for an id that is none. */
    public static Optional<Instance> of(
            String id, Optional<String> account, Optional<String> region, Optional<String> image) {
        return ID.matcher(id).matches() ? Optional.of(new Instance(id, account, region, image)) : Optional.empty();
    }
}
