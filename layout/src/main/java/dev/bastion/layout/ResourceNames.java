package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** The environments that share the names of their resources, each with another one that has them; takes linear time. */
    public static Map<EnvironmentName, EnvironmentName> shared(Collection<EnvironmentName> environments) {
        Map<String, List<EnvironmentName>> byName =
                environments.stream().sorted().collect(Collectors.groupingBy(EnvironmentName::resourceName));
        Map<EnvironmentName, EnvironmentName> shared = new HashMap<>();
        byName.values().stream().filter(same -> same.size() > 1).forEach(same -> {
            same.forEach(environment -> shared.put(environment, same.getFirst()));
            shared.put(same.getFirst(), same.get(1));
        });
        return shared;
    }

    /** What is wrong with a file that has a twin, for people; see {@link Layout#twinOf}. */
    public static String twinProblem(String other) {
        return "it has the name of the environment of " + other;
    }

    /**
     * What is wrong, for people, after the name of a file or an environment.
     *
     * @param file of the other environment
     */
    public static String problem(EnvironmentName other, String file) {
        return "its resources would have the names of those of " + other + " (" + file + ")";
    }
}
