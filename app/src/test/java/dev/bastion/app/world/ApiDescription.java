package dev.bastion.app.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bastion.app.api.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The API's description, against which every answer in the tests is held. */
public record ApiDescription(JsonNode document) {
    public static final ApiDescription READ = read();

    private static ApiDescription read() {
        try (InputStream file = Objects.requireNonNull(ApiServer.class.getResourceAsStream("openapi.yaml"))) {
            return new ApiDescription(new YAMLMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of the description that a path is of. */
    private Optional<JsonNode> operation(String method, String path) {
        return document.path("paths").properties().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[a-z]+}", "[^/]+(/[^/]+){0,3}")))
                .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
                .max(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().get(method.toLowerCase(Locale.ROOT)));
    }

    void requireDocumented(String method, String path, ApiClient.Answer answer) {
        Optional<JsonNode> operation = operation(method, path);
        if (operation.isEmpty()) {
            return;
        }
        JsonNode response = resolved(operation.get().path("responses").path(Integer.toString(answer.status())));
        if (response.isMissingNode()) {
            throw new AssertionError(method + " " + path + " has no answer " + answer.status() + " in openapi.yaml");
        }
        JsonNode schema = response.path("content").path(answer.contentType()).path("schema");
        if (schema.isMissingNode()) {
            throw new AssertionError(method + " " + path + " answered " + answer.contentType());
        }
        if (answer.contentType().endsWith("json")) {
            requireValid(schema, answer.body());
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private void requireValid(JsonNode schema, String body) {
        var whole = new YAMLMapper().createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", document.get("components"));
        List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON)
                .validate(body, InputFormat.JSON);
        if (!errors.isEmpty()) {
            throw new AssertionError("not as openapi.yaml says: " + errors + " in " + body);
        }
    }
}
