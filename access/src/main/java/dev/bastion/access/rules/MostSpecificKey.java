package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of several keys applies to an environment: its exact name, in any case, then the pattern with the longest text before
 * its first star. Two patterns of the same length there that could match one name are an error of the file. A slot has the key of
 * its environment.
 */
final class MostSpecificKey {
    private MostSpecificKey() {}

    /** @param names in lower case */
    static <T> Optional<T> value(
            EnvironmentName environment, Map<EnvironmentName, T> names, Map<EnvironmentPattern, T> patterns) {
        return Optional.ofNullable(names.get(environment.withoutSlot().folded()))
                .or(() -> patterns(environment, patterns).findFirst().map(patterns::get));
    }

    /** The patterns that match, the most specific first. */
    static <T> Stream<EnvironmentPattern> patterns(EnvironmentName environment, Map<EnvironmentPattern, T> patterns) {
        return patterns.keySet().stream()
                .filter(pattern -> pattern.matches(environment.withoutSlot()))
                .sorted(Comparator.comparingInt(EnvironmentPattern::literalPrefix)
                        .reversed());
    }
}
