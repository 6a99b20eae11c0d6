package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;

/**
 * A move of an environment by a commit that is not the service's.
 *
 * @param what what it did, like {@code opened for john.doe until 2026-01-15T14:00:00Z}
 */
public record ManualMove(CommitId commit, EnvironmentName environment, String what) {}
