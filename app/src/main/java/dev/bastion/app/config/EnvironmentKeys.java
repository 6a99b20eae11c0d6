package dev.bastion.app.config;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.rules.EnvironmentPattern;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys of {@code environments} in the policy, names and patterns, with their rules. */
final class EnvironmentKeys {
    private final SettingsSection section;
    private final Map<EnvironmentName, EnvironmentRules> names = new TreeMap<>();
    private final Map<EnvironmentPattern, EnvironmentRules> patterns = new LinkedHashMap<>();

    EnvironmentKeys(SettingsSection section) {
        this.section = section;
    }

    List<String> all() {
        return section.keys();
    }

    SettingsSection section(String key) {
        return section.section(key);
    }

    /** Adds the rules of a key; or a problem, when it is no name and no pattern, or another pattern is its equal. */
    void put(String key, EnvironmentRules rules) {
        try {
            if (EnvironmentPattern.isPattern(key)) {
                put(new EnvironmentPattern(key), rules);
            } else {
                put(new EnvironmentName(key), rules);
            }
        } catch (InvalidValue e) {
            section.problem(key, e.explanation());
        }
    }

    private void put(EnvironmentName name, EnvironmentRules rules) {
        if (names.putIfAbsent(name.folded(), rules) != null) {
            section.problem(name.value(), "stands in another case, too; remove one of them");
        }
    }

    private void put(EnvironmentPattern pattern, EnvironmentRules rules) {
        patterns.keySet().stream()
                .filter(other -> other.literalPrefix() == pattern.literalPrefix() && other.overlaps(pattern))
                .forEach(other -> section.problem(
                        pattern.value(),
                        "can match the same environment as \"" + other
                                + "\" and is as specific; write more before the first *, or remove one"));
        patterns.put(pattern, rules);
    }

    RulesByEnvironment rules(EnvironmentRules defaults, boolean unnamedGetDefaults) {
        return new RulesByEnvironment(defaults, unnamedGetDefaults, names, patterns);
    }
}
