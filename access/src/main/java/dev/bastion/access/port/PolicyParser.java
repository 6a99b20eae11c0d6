package dev.bastion.access.port;

import dev.bastion.access.policy.AccessPolicy;
import java.util.Optional;

/** Parser of the two policy files in the ledger: {@code access-policy.yaml} and {@code people.yaml}. */
@FunctionalInterface
public interface PolicyParser {
    /**
     * The policy in the two files.
     *
     * @param accessPolicyYaml the bytes of {@code access-policy.yaml}; empty when there is no such file
     * @param peopleYaml the bytes of {@code people.yaml}; empty when there is no such file
     * @throws PolicyProblems with every problem of both files at once
     */
    AccessPolicy read(Optional<byte[]> accessPolicyYaml, Optional<byte[]> peopleYaml);
}
