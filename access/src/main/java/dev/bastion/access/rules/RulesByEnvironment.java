package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of environments, by name or pattern. {@link MostSpecificKey} says which of them apply.
 *
 * @param defaults what a key inherits, and by which grants in unnamed environments end
 * @param unnamedGetDefaults whether people may request unnamed environments
 * @param names in lower case
 * @param patterns equally specific ones do not overlap
 */
public record RulesByEnvironment(
        EnvironmentRules defaults,
        boolean unnamedGetDefaults,
        Map<EnvironmentName, EnvironmentRules> names,
        Map<EnvironmentPattern, EnvironmentRules> patterns) {
    public RulesByEnvironment {
        names = names.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> entry.getKey().folded(), Map.Entry::getValue));
        patterns = Map.copyOf(patterns);
    }

    /** The same rules for every environment. */
    public static RulesByEnvironment unnamed(EnvironmentRules rules) {
        return new RulesByEnvironment(rules, true, Map.of(), Map.of());
    }

    public static RulesByEnvironment of(EnvironmentRules defaults, Map<EnvironmentName, EnvironmentRules> names) {
        return new RulesByEnvironment(defaults, false, names, Map.of());
    }

    /** The defaults first. */
    public Stream<EnvironmentRules> all() {
        return Stream.of(Stream.of(defaults), names.values().stream(), patterns.values().stream())
                .flatMap(Function.identity());
    }

    /** Whether anyone may request the environment. */
    public boolean isNamed(EnvironmentName environment) {
        return unnamedGetDefaults || keyOf(environment).isPresent();
    }

    /** The name or pattern that applies. */
    public Optional<String> keyOf(EnvironmentName environment) {
        return names.containsKey(environment.folded())
                ? Optional.of(environment.value())
                : MostSpecificKey.patterns(environment, patterns).findFirst().map(EnvironmentPattern::value);
    }

    /** Every name or pattern that matches, the one that applies first. */
    public List<String> keysOf(EnvironmentName environment) {
        Stream<String> name =
                names.containsKey(environment.folded()) ? Stream.of(environment.value()) : Stream.empty();
        Stream<String> others = MostSpecificKey.patterns(environment, patterns).map(EnvironmentPattern::value);
        return Stream.concat(name, others).toList();
    }

    public EnvironmentRules of(EnvironmentName environment) {
        return MostSpecificKey.value(environment, names, patterns).orElse(defaults);
    }
}
