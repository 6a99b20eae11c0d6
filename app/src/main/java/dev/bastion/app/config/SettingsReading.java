package dev.bastion.app.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings as far as they could be read.
 *
 * @param settings empty when the file cannot be read at all; a value with a problem is a placeholder
 * @param problems all problems, each with key, rule and example
 * @param sections the sections that have a problem, like {@code slack}
 */
public record SettingsReading(Optional<Settings> settings, List<String> problems, Set<String> sections) {
    public SettingsReading {
        problems = List.copyOf(problems);
        sections = Set.copyOf(sections);
    }

    /** Whether the values of a section can be used. */
    public boolean isUsable(String section) {
        return settings.isPresent() && !sections.contains(section);
    }
}
