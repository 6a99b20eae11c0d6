package dev.bastion.access.proposal;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import java.util.Optional;

/**
 * What a pull request makes of one environment's file.
 *
 * @param after what the file would say; empty when there would be no such environment any more
 * @param overtaken the file was changed on the branch that counts since the pull request left it: nobody can say what a
 *     merge makes of it
 */
public record EnvironmentEdit(EnvironmentName environment, Optional<EnvironmentState> after, boolean overtaken) {}
