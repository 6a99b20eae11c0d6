package dev.bastion.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.app.config.yaml.NonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A mapping in a settings file. Callers read it key by key; invalid values become problems instead of exceptions, and
 * unread keys are unknown, which is a problem too. An override (an environment variable) replaces the file's value.
 */
final class SettingsSection {
    private static final Map<String, String> EXAMPLES = Map.of(
            "people", "{id: U1}",
            "identities", "{issuer: https://login.example.com, subject: x, person: U1}",
            "issuers", "{issuer: https://login.example.com, audience: bastion}");

    private final String path;
    private final JsonNode node;
    private final Map<String, NonString> nonStrings;
    private final ProblemCollector problems;
    private final Function<String, Optional<String>> overrides;
    private final Set<String> known = new TreeSet<>();

    private SettingsSection(
            String path,
            JsonNode node,
            Map<String, NonString> nonStrings,
            ProblemCollector problems,
            Function<String, Optional<String>> overrides) {
        this.path = path;
        this.node = node;
        this.nonStrings = nonStrings;
        this.problems = problems;
        this.overrides = overrides;
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            problems.add(path, "must be a mapping of keys to values");
        }
    }

    /** The whole file, whose values nothing overrides. */
    static SettingsSection of(byte[] yaml, ProblemCollector problems) {
        return of(YamlTree.read(yaml, problems), problems, _ -> Optional.empty());
    }

    /** The whole file. */
    static SettingsSection of(YamlTree file, ProblemCollector problems, Function<String, Optional<String>> overrides) {
        return new SettingsSection("", file.root(), file.nonStrings(), problems, overrides);
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value; or a problem and the placeholder, which is never used because a problem prevents the start. */
    <T> T required(String key, SettingType<T> type, T placeholder) {
        Optional<String> text = text(key, type);
        if (text.isEmpty() && !isContainer(key) && misread(key, type).isEmpty()) {
            problems.add(pathOf(key), "is missing", type);
        }
        return text.flatMap(given -> parse(key, given, type)).orElse(placeholder);
    }

    <T> T optional(String key, SettingType<T> type, T fallback) {
        return text(key, type).flatMap(given -> parse(key, given, type)).orElse(fallback);
    }

    /** A secret, given itself or by the path of its file, as {@code <key>_file}; empty when it is not given. */
    Optional<Secret> secret(String key, SettingType<Secret> type) {
        return GivenSecret.of(this, key, type);
    }

    /** The same; when it is not given, that is a problem. */
    Secret requiredSecret(String key, SettingType<Secret> type) {
        if (!GivenSecret.isGiven(this, key)) {
            problem(
                    key,
                    "is missing; it must be " + type.rule() + ", itself or as the path of its file in "
                            + pathOf(GivenSecret.fileKey(key)));
        }
        return secret(key, type).orElse(Secret.NONE);
    }

    /** The environment variable that overrides a key. */
    Optional<String> override(String key) {
        known.add(key);
        return overrides.apply(pathOf(key));
    }

    /** The value that the file has for a key. */
    Optional<String> written(String key, SettingType<?> type) {
        known.add(key);
        if (isContainer(key)) {
            problems.add(pathOf(key), "must be a plain value", type);
            return Optional.empty();
        }
        Optional<NonString> misread = misread(key, type);
        if (misread.isPresent()) {
            problem(key, misread.get().problem());
            return Optional.empty();
        }
        JsonNode value = node.path(key);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    /** Adds a remark, which does not keep the settings from being used. */
    void remark(String key, String remark) {
        problems.remark(pathOf(key), remark);
    }

    SettingsSection section(String key) {
        known.add(key);
        return new SettingsSection(pathOf(key), node.path(key), nonStrings, problems, overrides);
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

    /** The mappings of a list; the variable that overrides it is YAML, too. */
    List<SettingsSection> elements(String key) {
        Optional<String> override = override(key);
        JsonNode list = override.map(yaml -> YamlTree.read(yaml.getBytes(StandardCharsets.UTF_8), problems)
                        .root())
                .orElse(node.path(key));
        List<SettingsSection> elements = new ArrayList<>();
        requireList(key, list);
        for (JsonNode element : list) {
            String at = pathOf(key) + "[" + elements.size() + "]";
            elements.add(new SettingsSection(
                    at, element, override.isPresent() ? Map.of() : nonStrings, problems, overrides));
        }
        return elements;
    }

    /** The texts of a list; empty when the key is missing. */
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
                problems.add(pathOf(key) + "[" + texts.size() + "]", "must be a plain value");
            }
        }
        return Optional.of(texts);
    }

    /** The names or ids of a list, each a string to YAML; empty when the key is missing. */
    Optional<List<String>> names(String key) {
        Optional<List<String>> texts = texts(key);
        for (int index = 0; index < texts.map(List::size).orElse(0); index++) {
            String at = pathOf(key) + "[" + index + "]";
            Optional.ofNullable(nonStrings.get(at)).ifPresent(found -> problems.add(at, found.problem()));
        }
        return texts;
    }

    /** The same, where one of them need not stand in a list. */
    Optional<List<String>> nameOrNames(String key) {
        JsonNode value = node.path(key);
        if (!value.isValueNode() || value.isNull()) {
            return names(key);
        }
        known.add(key);
        Optional.ofNullable(nonStrings.get(pathOf(key))).ifPresent(found -> problem(key, found.problem()));
        return Optional.of(List.of(value.asText()));
    }

    /** Reports the unread keys as problems; call it after reading. */
    void finish() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(pathOf(key), "is not a known key; the known keys are " + String.join(", ", known));
            }
        });
    }

    void problem(String key, String problem) {
        problems.add(pathOf(key), problem);
    }

    private void requireList(String key, JsonNode list) {
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            problems.add(pathOf(key), "must be a list, like [" + EXAMPLES.getOrDefault(key, "everyone") + "]");
        }
    }

    private Optional<String> text(String key, SettingType<?> type) {
        Optional<String> override = override(key);
        return override.isPresent() ? override : written(key, type);
    }

    private Optional<NonString> misread(String key, SettingType<?> type) {
        return Optional.ofNullable(nonStrings.get(pathOf(key)))
                .filter(found -> !type.written().allows(found));
    }

    private boolean isContainer(String key) {
        return node.path(key).isContainerNode();
    }

    <T> Optional<T> parse(String key, String text, SettingType<T> type) {
        try {
            return Optional.of(type.parse().apply(text));
        } catch (UnusableSetting e) {
            problem(key, e.sentence());
        } catch (IllegalArgumentException _) {
            boolean isSecret = type.equals(SettingType.SECRET) || type.equals(SettingType.SECRET_TEXT);
            problems.add(
                    pathOf(key), "is " + (isSecret || Secret.isLikely(text) ? "not usable" : "\"" + text + "\""), type);
        }
        return Optional.empty();
    }
}
