package dev.bastion.access.port;

import dev.bastion.access.policy.AccessPolicy;
import java.util.Optional;

/** Makes the policy of the two files that hold it in the ledger: {@code access-policy.yaml} and {@code people.yaml}. */
@FunctionalInterface
public interface PolicyParser {
    /**
     * The policy the two files say together.
     *
     * @param accessPolicyYaml the bytes of {@code access-policy.yaml}; empty when there is no such file
     * @param peopleYaml the bytes of {@code people.yaml}; empty when there is no such file
     * @throws PolicyProblems with every problem of both files at once
     */
    AccessPolicy read(Optional<byte[]> accessPolicyYaml, Optional<byte[]> peopleYaml);
}
