package dev.bastion.cli.audit;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.rules.EnvironmentPattern;
import dev.bastion.ledger.audit.HeadNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The environments that a question is about: one by its name or alias in any case, those that a pattern matches, or all. */
final class EnvironmentChoice {
    private final String typed;
    private final Predicate<EnvironmentName> isMeant;
    private final Set<EnvironmentName> known;

    private EnvironmentChoice(String typed, Predicate<EnvironmentName> isMeant, Set<EnvironmentName> known) {
        this.typed = typed;
        this.isMeant = isMeant;
        this.known = new TreeSet<>(known);
    }

    /**
     * @param typed a name, or a pattern with {@code *}; empty for all environments
     * @throws CannotLook when it is neither
     */
    static EnvironmentChoice of(Optional<String> typed, HeadNames names) {
        try {
            return typed.map(text -> new EnvironmentChoice(text, meaning(text, names), names.environments()))
                    .orElseGet(() -> new EnvironmentChoice("", _ -> true, names.environments()));
        } catch (InvalidValue e) {
            throw new CannotLook("--environment: " + e.explanation(), e);
        }
    }

    private static Predicate<EnvironmentName> meaning(String text, HeadNames names) {
        if (EnvironmentPattern.isPattern(text)) {
            return new EnvironmentPattern(text)::matches;
        }
        EnvironmentName name = new EnvironmentName(text);
        return environment -> names.aliases().named(name, List.of(environment)).equals(environment);
    }

    /** Whether an environment of the history is meant. */
    boolean includes(EnvironmentName environment) {
        known.add(environment);
        return isMeant.test(environment);
    }

    /** @throws CannotLook when neither the head nor the history has an environment that is meant */
    void requireAny() {
        if (!typed.isEmpty() && known.stream().noneMatch(isMeant)) {
            throw KnownNames.missing(
                    "environment",
                    typed,
                    known.stream().map(EnvironmentName::value).toList());
        }
    }
}
