package dev.bastion.app.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bastion.app.config.yaml.NonString;
import dev.bastion.app.config.yaml.NonStringReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML document as a tree. A duplicate key is an error, because its meaning is ambiguous.
 *
 * @param nonStrings the values that are no strings, by their paths
 */
record YamlTree(JsonNode root, Map<String, NonString> nonStrings) {
    static final YamlTree MISSING = new YamlTree(MissingNode.getInstance(), Map.of());

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    YamlTree {
        nonStrings = Map.copyOf(nonStrings);
    }

    /** The tree, or a problem and an empty tree. */
    static YamlTree read(byte[] content, ProblemCollector problems) {
        try {
            JsonNode tree = MAPPER.readTree(content);
            return tree == null || tree.isMissingNode() ? MISSING : new YamlTree(tree, nonStrings(content, problems));
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            problems.add(
                    "",
                    where + "is not valid YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""));
            return MISSING;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, NonString> nonStrings(byte[] content, ProblemCollector problems) {
        try {
            Optional<Map<String, NonString>> found = NonStringReader.read(content);
            if (found.isEmpty()) {
                problems.add("", "has too many values that are no strings, or too deep ones; divide it, or quote them");
            }
            return found.orElse(Map.of());
        } catch (YAMLException e) {
            problems.add(
                    "",
                    "is not valid YAML: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return Map.of();
        }
    }
}
