package dev.bastion.access.proposal;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import java.util.Optional;

/**
 * A pull request's change to one environment file.
 *
 * @param after the state after a merge; empty when the environment would be removed
 * @param overtaken whether the file has changed on the default branch since, so that the result of a merge is unknown
 */
public record EnvironmentEdit(EnvironmentName environment, Optional<EnvironmentState> after, boolean overtaken) {}
