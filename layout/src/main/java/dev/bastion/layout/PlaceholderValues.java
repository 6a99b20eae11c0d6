package dev.bastion.layout;

import java.util.List;
import java.util.Optional;

/**
 * The parts of a path that the placeholders of a pattern stand for.
 *
 * @param name one or more parts with slashes
 * @param account empty where the pattern has no {@code {account}}
 * @param region empty where it has no {@code {region}}
 */
record PlaceholderValues(String name, Optional<String> account, Optional<String> region) {
    /** The values in a path; empty when it does not fit the pattern. */
    static Optional<PlaceholderValues> of(List<String> path, List<String> pattern) {
        int at = pattern.indexOf(NameTemplate.NAME);
        int more = path.size() - pattern.size();
        if (more < 0) {
            return Optional.empty();
        }
        for (int index = 0; index < pattern.size(); index++) {
            String part = pattern.get(index);
            if (!part.contains("{") && !part.equals(path.get(index < at ? index : index + more))) {
                return Optional.empty();
            }
        }
        String name = String.join("/", path.subList(at, at + more + 1));
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlaceholderValues(
                        name,
                        value(NameTemplate.ACCOUNT, path, pattern, at, more),
                        value(NameTemplate.REGION, path, pattern, at, more)));
    }

    private static Optional<String> value(
            String placeholder, List<String> path, List<String> pattern, int at, int more) {
        int index = pattern.indexOf(placeholder);
        return index < 0 ? Optional.empty() : Optional.of(path.get(index < at ? index : index + more));
    }
}
