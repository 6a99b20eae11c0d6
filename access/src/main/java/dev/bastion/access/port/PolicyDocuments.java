package dev.bastion.access.port;

import java.util.Optional;

/**
 * The bytes of the files that the policy is read from; each is empty when there is no such file.
 *
 * @param accessPolicy {@code access-policy.yaml}
 * @param people {@code people.yaml}
 * @param ledger {@code ledger.yaml}, which names the owners
 */
public record PolicyDocuments(Optional<byte[]> accessPolicy, Optional<byte[]> people, Optional<byte[]> ledger) {}
