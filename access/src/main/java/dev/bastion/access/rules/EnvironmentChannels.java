package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Slack channels of environments, by name or pattern as in the policy.
 *
 * @param names in lower case
 * @param others the channel of everything else; empty for the one of the service's settings
 */
public record EnvironmentChannels(
        Map<EnvironmentName, String> names, Map<EnvironmentPattern, String> patterns, Optional<String> others) {
    public static final EnvironmentChannels NONE = new EnvironmentChannels(Map.of(), Map.of(), Optional.empty());

    public EnvironmentChannels {
        names = Map.copyOf(names);
        patterns = Map.copyOf(patterns);
    }

    /** The channel of an environment's messages; empty for the one of the service's settings. */
    public Optional<String> of(EnvironmentName environment) {
        return MostSpecificKey.value(environment, names, patterns).or(() -> others);
    }

    /** Every channel, each once, by id. */
    public List<String> all() {
        return Stream.of(names.values().stream(), patterns.values().stream(), others.stream())
                .flatMap(ids -> ids)
                .distinct()
                .sorted()
                .toList();
    }
}
