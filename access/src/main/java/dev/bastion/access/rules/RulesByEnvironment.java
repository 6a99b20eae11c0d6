package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.membership.ExternalAudience;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    /** The external audiences that the rules name. */
    public Set<ExternalAudience> externalAudiences() {
        return all().flatMap(EnvironmentRules::audiences)
                .flatMap(audience -> audience.external().stream())
                .map(ExternalMembers::audience)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same by other answers of external audiences. */
    public RulesByEnvironment answered(AudienceAnswers answers, PeopleDirectory people) {
        return new RulesByEnvironment(
                defaults.answered(answers, people),
                unnamedGetDefaults,
                answered(names, answers, people),
                answered(patterns, answers, people));
    }

    private static <K> Map<K, EnvironmentRules> answered(
            Map<K, EnvironmentRules> rules, AudienceAnswers answers, PeopleDirectory people) {
        return rules.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().answered(answers, people)));
    }

    /** Whether anyone may request the environment. */
    public boolean isNamed(EnvironmentName environment) {
        return unnamedGetDefaults || keyOf(environment).isPresent();
    }

    /** The name or pattern that applies. */
    public Optional<String> keyOf(EnvironmentName environment) {
        return names.containsKey(environment.withoutSlot().folded())
                ? Optional.of(environment.withoutSlot().value())
                : MostSpecificKey.patterns(environment, patterns).findFirst().map(EnvironmentPattern::value);
    }

    /** Every name or pattern that matches, the one that applies first. */
    public List<String> keysOf(EnvironmentName environment) {
        Stream<String> name = names.containsKey(environment.withoutSlot().folded())
                ? Stream.of(environment.withoutSlot().value())
                : Stream.empty();
        Stream<String> others = MostSpecificKey.patterns(environment, patterns).map(EnvironmentPattern::value);
        return Stream.concat(name, others).toList();
    }

    public EnvironmentRules of(EnvironmentName environment) {
        return MostSpecificKey.value(environment, names, patterns).orElse(defaults);
    }
}
