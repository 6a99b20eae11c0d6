package dev.bastion.app.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A workflow of GitHub Actions in the repository.
 *
 * @param path like {@code .github/workflows/apply.yml}
 * @param triggers the value of its key {@code on}; missing in a file that is not valid YAML
 */
record Workflow(String path, JsonNode triggers) {
    private static final YAMLMapper MAPPER = new YAMLMapper();

    /** @param name the file's name without its extension */
    static Optional<Workflow> named(String name, LedgerContent content) {
        return Stream.of(".yml", ".yaml")
                .map(extension -> ".github/workflows/" + name + extension)
                .filter(content.files()::containsKey)
                .findFirst()
                .flatMap(path ->
                        Optional.ofNullable(content.files().get(path)).map(text -> new Workflow(path, on(text))));
    }

    private static JsonNode on(byte[] content) {
        try {
            return MAPPER.readTree(content).path("on");
        } catch (IOException _) {
            return MAPPER.missingNode();
        }
    }

    /** Whether the event starts it: {@code on} is a name, a list of names, or a mapping. */
    boolean startsOn(String event) {
        return triggers.has(event)
                || triggers.asText("").equals(event)
                || (triggers.isArray() && texts(triggers).anyMatch(event::equals));
    }

    /** Whether a push to the branch starts it. A pattern counts as if it fits. */
    boolean startsOnPushTo(String branch) {
        JsonNode branches = triggers.path("push").path("branches");
        return startsOn("push")
                && (branches.isMissingNode()
                        || branches.asText("").equals(branch)
                        || texts(branches).anyMatch(name -> name.equals(branch) || name.contains("*")));
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }
}
