package dev.bastion.app.config;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.rules.EnvironmentPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of a mapping that are names and patterns of environments, as in the policy.
 *
 * @param <T> what each key has
 */
final class EnvironmentKeys<T> {
    private final SettingsSection section;
    private final Map<EnvironmentName, T> names = new TreeMap<>();
    private final Map<EnvironmentPattern, T> patterns = new LinkedHashMap<>();

    EnvironmentKeys(SettingsSection section) {
        this.section = section;
    }

    List<String> all() {
        return section.keys();
    }

    SettingsSection section(String key) {
        return section.section(key);
    }

    /** Adds what a key has; or a problem, when it is no name and no pattern, or another pattern is its equal. */
    void put(String key, T value) {
        try {
            if (EnvironmentPattern.isPattern(key)) {
                put(new EnvironmentPattern(key), value);
            } else {
                put(new EnvironmentName(key), value);
            }
        } catch (InvalidValue e) {
            section.problem(key, e.explanation());
        }
    }

    private void put(EnvironmentName name, T value) {
        if (name.namesSlot()) {
            section.problem(name.value(), "names one slot; write " + name.withoutSlot() + ", which means all of them");
        } else if (names.putIfAbsent(name.folded(), value) != null) {
            section.problem(name.value(), "stands in another case, too; remove one of them");
        }
    }

    private void put(EnvironmentPattern pattern, T value) {
        patterns.keySet().stream()
                .filter(other -> other.literalPrefix() == pattern.literalPrefix() && other.overlaps(pattern))
                .forEach(other -> section.problem(
                        pattern.value(),
                        "can match the same environment as \"" + other
                                + "\" and is as specific; write more before the first *, or remove one"));
        patterns.put(pattern, value);
    }

    /** By names in lower case. */
    Map<EnvironmentName, T> names() {
        return names;
    }

    Map<EnvironmentPattern, T> patterns() {
        return patterns;
    }
}
