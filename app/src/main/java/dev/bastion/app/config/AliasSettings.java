package dev.bastion.app.config;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.rules.EnvironmentAliases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Other names of environments, in {@code aliases} of {@code ledger.yaml}. No name may mean two environments. */
final class AliasSettings {
    private final SettingsSection section;
    private final Map<EnvironmentName, EnvironmentName> byAlias = new LinkedHashMap<>();

    private AliasSettings(SettingsSection section) {
        this.section = section;
    }

    static EnvironmentAliases read(SettingsSection section) {
        AliasSettings aliases = new AliasSettings(section);
        Map<String, EnvironmentName> environments = new LinkedHashMap<>();
        section.keys().forEach(key -> aliases.name(key, key).ifPresent(name -> environments.put(key, name)));
        environments.forEach((key, name) -> {
            environments.values().stream()
                    .takeWhile(other -> !other.equals(name))
                    .filter(name::isTyped)
                    .forEach(other -> section.problem(key, "has the name of " + other + "; merge their lists"));
            aliases.add(key, name, environments);
        });
        return new EnvironmentAliases(aliases.byAlias);
    }

    private void add(String key, EnvironmentName environment, Map<String, EnvironmentName> environments) {
        List<String> texts = section.nameOrNames(key).orElse(List.of());
        if (texts.isEmpty()) {
            section.problem(key, "names no alias; write one, like [ord], or remove the key");
        }
        for (String text : texts) {
            name(key, text)
                    .ifPresent(alias -> problem(alias, environment, environments)
                            .ifPresentOrElse(
                                    problem -> section.problem(key, "\"" + alias + "\" " + problem),
                                    () -> byAlias.put(alias, environment)));
        }
    }

    private Optional<String> problem(
            EnvironmentName alias, EnvironmentName environment, Map<String, EnvironmentName> environments) {
        if (alias.isTyped(environment)) {
            return Optional.of("is the name itself; remove it");
        }
        if (environments.values().stream().anyMatch(alias::isTyped)) {
            return Optional.of("is an environment in aliases, too; choose another alias");
        }
        return byAlias.entrySet().stream()
                .filter(known -> known.getKey().isTyped(alias))
                .findFirst()
                .map(known -> "is an alias of " + known.getValue() + ", too; remove one of them");
    }

    private Optional<EnvironmentName> name(String key, String text) {
        try {
            EnvironmentName name = new EnvironmentName(text);
            if (name.namesSlot()) {
                section.problem(key, "names one slot; write " + name.withoutSlot() + ", which means all of them");
                return Optional.empty();
            }
            return Optional.of(name);
        } catch (InvalidValue e) {
            section.problem(key, e.explanation());
            return Optional.empty();
        }
    }
}
