package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules of environments, by name or pattern. The most specific key applies: the exact name, then the pattern with
 * the longest literal prefix.
 *
 * @param defaults what a key inherits, and by which grants in unnamed environments end
 * @param unnamedGetDefaults whether people may request unnamed environments
 * @param patterns equally specific ones do not overlap
 */
public record RulesByEnvironment(
        EnvironmentRules defaults,
        boolean unnamedGetDefaults,
        Map<EnvironmentName, EnvironmentRules> names,
        Map<EnvironmentPattern, EnvironmentRules> patterns) {
    public RulesByEnvironment {
        names = Map.copyOf(names);
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
        return names.containsKey(environment)
                ? Optional.of(environment.value())
                : patternOf(environment).map(EnvironmentPattern::value);
    }

    public EnvironmentRules of(EnvironmentName environment) {
        EnvironmentRules exact = names.get(environment);
        return exact != null ? exact : patternOf(environment).map(patterns::get).orElse(defaults);
    }

    private Optional<EnvironmentPattern> patternOf(EnvironmentName environment) {
        return patterns.keySet().stream()
                .filter(pattern -> pattern.matches(environment))
                .max(Comparator.comparingInt(EnvironmentPattern::literalPrefix));
    }
}
