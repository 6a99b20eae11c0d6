package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import java.util.Collection;
import java.util.Optional;

/** The names of the environments' resources, which two environments must not share, like {@code prod-x} and {@code prod/x}. */
public final class ResourceNames {
    private ResourceNames() {}

    /** Another of the environments whose resources would have the same names. */
    public static Optional<EnvironmentName> sharedWith(
            EnvironmentName environment, Collection<EnvironmentName> environments) {
        return environments.stream()
                .filter(other -> !other.equals(environment))
                .filter(other -> other.resourceName().equals(environment.resourceName()))
                .sorted()
                .findFirst();
    }

    /** What is wrong with a file that has a twin, for people; see {@link Layout#twinOf}. */
    public static String twinProblem(String other) {
        return "it has the name of the environment of " + other;
    }

    /** What is wrong, for people, after the name of a file or an environment. */
    public static String problem(EnvironmentName other) {
        return "its resources would have the names of those of " + other;
    }
}
