package dev.bastion.github.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * GitHub's public OpenAPI description of the routes that the product calls: an extract, which {@code
 * github/src/test/openapi/update.sh} renews.
 */
public final class GithubDescription {
    private static final String EXTRACT = "api.github.com.json";
    private static final String LOCATION = "https://api.github.com/description.json";

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final List<DescribedRoute> routes = new ArrayList<>();

    private GithubDescription(JsonNode document) {
        this.document = document;
        this.registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi30(),
                builder -> builder.schemas(address -> address.equals(LOCATION) ? document.toString() : null)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .locale(Locale.ROOT)
                                .build()));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> routes.add(new DescribedRoute(this, operation.getKey(), path.getKey()))));
        routes.sort(Comparator.comparingInt(DescribedRoute::literals).reversed());
    }

    /** The extract among the test resources. */
    public static GithubDescription read() {
        try (InputStream extract =
                Objects.requireNonNull(GithubDescription.class.getResourceAsStream(EXTRACT), EXTRACT)) {
            return new GithubDescription(new ObjectMapper().readTree(extract));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the extract comes from: the package, its version, and the checksum of the file in it. */
    public JsonNode info() {
        return document.path("info");
    }

    /** The routes, the most specific first. */
    public List<DescribedRoute> routes() {
        return List.copyOf(routes);
    }

    /** The most specific route that a request takes; its path as it was sent, below the interface's address. */
    public Optional<DescribedRoute> route(String method, String path) {
        return routes.stream().filter(route -> route.takes(method, path)).findFirst();
    }

    /** The differences between an exchange and the description; empty when there are none. */
    public List<String> problems(Exchange exchange) {
        List<String> problems = new ArrayList<>(
                problemsOfRequest(exchange.method(), exchange.path(), exchange.query(), exchange.sent()));
        route(exchange.method(), exchange.path())
                .ifPresent(route -> problems.addAll(
                        named(route, route.problemsOfResponse(exchange.status(), exchange.answered()))));
        return problems;
    }

    /** The differences between a request and the description; the same parts as of an {@link Exchange}. */
    public List<String> problemsOfRequest(String method, String path, String query, String body) {
        return route(method, path)
                .map(route -> named(route, route.problemsOfRequest(query, body)))
                .orElseGet(() -> List.of("GitHub's description of the product's routes has no " + method + " " + path
                        + ". If GitHub documents it, add it to github/src/test/openapi/routes.txt and run"
                        + " github/src/test/openapi/update.sh"));
    }

    private static List<String> named(DescribedRoute route, List<String> problems) {
        return problems.stream().map(problem -> route + ": " + problem).toList();
    }

    /** What stands at a JSON pointer, after the references there. */
    JsonNode at(String pointer) {
        JsonNode found = document.at(pointer);
        return found.has("$ref") ? at(found.path("$ref").asText().substring(1)) : found;
    }

    /** The pointer of what stands at a pointer, after the references there. */
    String resolved(String pointer) {
        JsonNode found = document.at(pointer);
        return found.has("$ref") ? resolved(found.path("$ref").asText().substring(1)) : pointer;
    }

    /** The differences of a value from the schema at a pointer. */
    List<String> differences(String pointer, JsonNode value) {
        Schema schema = registry.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
        return schema.validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .distinct()
                .toList();
    }
}
