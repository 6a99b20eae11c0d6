package dev.bastion.access.state;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;

/**
 * A commit that changed an environment file: a reason for CI to run.
 *
 * @param at the commit time, which a person who commits by hand can choose
 */
public record EnvironmentCommit(CommitId commit, Instant at) {}
