package dev.bastion.access.policy;

import dev.bastion.access.grant.EnvironmentName;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules of every environment that the policy names, by name or by pattern. The most specific key applies: the exact
 * name, then the pattern with the longest literal prefix.
 *
 * @param defaults what a key inherits; the rules of other environments by which their grants end
 * @param unnamedGetDefaults whether people may request an environment that no key names, by the defaults
 * @param patterns no two match the same environment and are equally specific
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

    /** The rules of every key, the defaults first. */
    public Stream<EnvironmentRules> all() {
        return Stream.of(Stream.of(defaults), names.values().stream(), patterns.values().stream())
                .flatMap(Function.identity());
    }

    /** Whether anyone may request the environment. */
    public boolean isNamed(EnvironmentName environment) {
        return unnamedGetDefaults || keyOf(environment).isPresent();
    }

    /** The key that applies: a name or a pattern; empty for an environment that no key names. */
    public Optional<String> keyOf(EnvironmentName environment) {
        return names.containsKey(environment)
                ? Optional.of(environment.value())
                : patternOf(environment).map(EnvironmentPattern::value);
    }

    EnvironmentRules of(EnvironmentName environment) {
        EnvironmentRules exact = names.get(environment);
        return exact != null ? exact : patternOf(environment).map(patterns::get).orElse(defaults);
    }

    private Optional<EnvironmentPattern> patternOf(EnvironmentName environment) {
        return patterns.keySet().stream()
                .filter(pattern -> pattern.matches(environment))
                .max(Comparator.comparingInt(EnvironmentPattern::literalPrefix));
    }
}
