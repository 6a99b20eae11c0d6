package dev.bastion.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A mapping in a settings file. Values are taken key by key; what is wrong is noted, not thrown; what was not taken by
 * the end is an unknown key and so a problem. An override (an environment variable) wins over the file.
 */
final class SettingsSection {
    private final String path;
    private final JsonNode node;
    private final ProblemCollector problems;
    private final Function<String, Optional<String>> overrides;
    private final Set<String> known = new TreeSet<>();

    SettingsSection(
            String path, JsonNode node, ProblemCollector problems, Function<String, Optional<String>> overrides) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.overrides = overrides;
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            problems.add(path, "must be a mapping of keys to values");
        }
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value, or a problem and {@code standIn} so that reading can go on; a problem is never started with. */
    <T> T required(String key, SettingType<T> kind, T standIn) {
        Optional<String> text = text(key, kind);
        if (text.isEmpty() && !isWrong(key)) {
            problems.add(at(key), "is missing", kind);
        }
        return text.flatMap(given -> parse(key, given, kind)).orElse(standIn);
    }

    <T> T optional(String key, SettingType<T> kind, T fallback) {
        return text(key, kind).flatMap(given -> parse(key, given, kind)).orElse(fallback);
    }

    SettingsSection section(String key) {
        known.add(key);
        return new SettingsSection(at(key), node.path(key), problems, overrides);
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** The keys of this mapping, in the file's order. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The mappings of a list. */
    List<SettingsSection> elements(String key) {
        known.add(key);
        JsonNode list = node.path(key);
        List<SettingsSection> elements = new ArrayList<>();
        requireList(key, list);
        for (JsonNode element : list) {
            elements.add(new SettingsSection(at(key) + "[" + elements.size() + "]", element, problems, overrides));
        }
        return elements;
    }

    /** The texts of a list; empty when there is no such key. */
    Optional<List<String>> texts(String key) {
        known.add(key);
        JsonNode list = node.path(key);
        if (list.isMissingNode() || list.isNull()) {
            return Optional.empty();
        }
        requireList(key, list);
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            if (element.isValueNode() && !element.isNull()) {
                texts.add(element.asText());
            } else {
                problems.add(at(key) + "[" + texts.size() + "]", "must be a plain value");
            }
        }
        return Optional.of(texts);
    }

    /** To be called when everything was taken: what is left is unknown. */
    void finish() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(at(key), "is not a known key; known are " + String.join(", ", known));
            }
        });
    }

    void problem(String key, String what) {
        problems.add(at(key), what);
    }

    private void requireList(String key, JsonNode list) {
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            problems.add(at(key), "must be a list, like [" + (key.equals("people") ? "{id: U1}" : "everyone") + "]");
        }
    }

    private Optional<String> text(String key, SettingType<?> kind) {
        known.add(key);
        Optional<String> override = overrides.apply(at(key));
        if (override.isPresent()) {
            return override;
        }
        if (isWrong(key)) {
            problems.add(at(key), "must be a plain value", kind);
            return Optional.empty();
        }
        JsonNode value = node.path(key);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private boolean isWrong(String key) {
        return node.path(key).isContainerNode();
    }

    private <T> Optional<T> parse(String key, String text, SettingType<T> kind) {
        try {
            return Optional.of(kind.parse().apply(text));
        } catch (IllegalArgumentException _) {
            problems.add(at(key), "is " + (kind.equals(SettingType.SECRET) ? "not usable" : "\"" + text + "\""), kind);
            return Optional.empty();
        }
    }
}
