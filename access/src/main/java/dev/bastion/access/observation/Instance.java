package dev.bastion.access.observation;

import java.util.Optional;

/**
 * A bastion's instance, as EC2 describes it.
 *
 * @param id like {@code i-0123456789abcdef0}
 * @param account the AWS account's id of 12 digits; empty where it is not known
 * @param region like {@code eu-west-1}
 * @param image the id of the machine image, like {@code ami-0123456789abcdef0}; empty where it is not known
 */
public record Instance(String id, Optional<String> account, Optional<String> region, Optional<String> image) {}
