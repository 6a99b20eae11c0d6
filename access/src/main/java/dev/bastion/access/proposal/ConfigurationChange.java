package dev.bastion.access.proposal;

import dev.bastion.access.grant.EnvironmentName;
import java.util.List;

/**
 * A change in an environment's directory beyond its five audit values: it may lead the bastion to another database.
 *
 * @param sharedWith the other environments that name the database or security group it would lead to
 * @param comparable whether the inputs that name them are literals; otherwise nobody can tell where it leads
 */
public record ConfigurationChange(EnvironmentName environment, List<EnvironmentName> sharedWith, boolean comparable) {
    public ConfigurationChange {
        sharedWith = List.copyOf(sharedWith);
    }
}
