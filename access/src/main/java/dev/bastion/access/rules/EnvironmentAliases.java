package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Other names of environments, which people may type instead.
 *
 * @param byAlias the environment of each alias
 */
public record EnvironmentAliases(Map<EnvironmentName, EnvironmentName> byAlias) {
    public static final EnvironmentAliases NONE = new EnvironmentAliases(Map.of());

    public EnvironmentAliases {
        byAlias = Map.copyOf(byAlias);
    }

    /**
     * The environment that a person means: the one with this very name, the one whose name differs by case alone, or the one
     * with this alias in any case; what was typed, where none of these is one or two could be meant. A number of a slot behind it
     * stays, as its name has it.
     */
    public EnvironmentName named(EnvironmentName typed, Collection<EnvironmentName> environments) {
        return withoutSlot(typed.withoutSlot(), environments).slot(typed.slot());
    }

    private EnvironmentName withoutSlot(EnvironmentName typed, Collection<EnvironmentName> environments) {
        return environments.contains(typed)
                ? typed
                : only(environments.stream().filter(typed::isTyped))
                        .or(() -> only(byAlias.entrySet().stream()
                                        .filter(alias -> typed.isTyped(alias.getKey()))
                                        .map(Map.Entry::getValue))
                                .map(target -> named(target, environments, typed)))
                        .orElse(typed);
    }

    private static EnvironmentName named(
            EnvironmentName target, Collection<EnvironmentName> environments, EnvironmentName typed) {
        return environments.contains(target)
                ? target
                : only(environments.stream().filter(target::isTyped)).orElse(typed);
    }

    private static Optional<EnvironmentName> only(Stream<EnvironmentName> meant) {
        List<EnvironmentName> all = meant.distinct().toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /** The aliases of an environment, by name. */
    public List<EnvironmentName> of(EnvironmentName environment) {
        return byAlias.entrySet().stream()
                .filter(alias -> alias.getValue().isTyped(environment))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The aliases that are the name of an environment, too, each with that environment; the name counts. */
    public Map<EnvironmentName, EnvironmentName> clashes(Collection<EnvironmentName> environments) {
        Map<EnvironmentName, EnvironmentName> clashes = new TreeMap<>();
        byAlias.keySet()
                .forEach(alias -> environments.stream()
                        .filter(alias::isTyped)
                        .findFirst()
                        .ifPresent(environment -> clashes.put(alias, environment)));
        return clashes;
    }
}
