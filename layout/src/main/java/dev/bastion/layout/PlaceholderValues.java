package dev.bastion.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The parts of a path that the placeholders of a pattern stand for.
 *
 * @param name one or more parts with slashes
 * @param account empty where the pattern has no {@code {account}}
 * @param region empty where it has no {@code {region}}
 * @param slot empty where it has no {@code {slot}}
 */
record PlaceholderValues(String name, Optional<String> account, Optional<String> region, Optional<String> slot) {
    /** The values in a path; empty when it does not fit the pattern. */
    static Optional<PlaceholderValues> of(List<String> path, List<String> pattern) {
        int at = pattern.indexOf(NameTemplate.NAME);
        int more = path.size() - pattern.size();
        if (more < 0) {
            return Optional.empty();
        }
        int end = at + more + 1;
        String name = String.join("/", path.subList(at, end));
        List<String> parts = new ArrayList<>(path.subList(0, at));
        parts.add(name);
        parts.addAll(path.subList(end, path.size()));
        boolean isFit = IntStream.range(0, pattern.size())
                .allMatch(index ->
                        pattern.get(index).contains("{") || pattern.get(index).equals(parts.get(index)));
        return isFit && !name.isEmpty()
                ? Optional.of(new PlaceholderValues(
                        name,
                        value(NameTemplate.ACCOUNT, parts, pattern),
                        value(NameTemplate.REGION, parts, pattern),
                        value(NameTemplate.SLOT, parts, pattern)))
                : Optional.empty();
    }

    private static Optional<String> value(String placeholder, List<String> parts, List<String> pattern) {
        int index = pattern.indexOf(placeholder);
        return index < 0 ? Optional.empty() : Optional.of(parts.get(index));
    }
}
