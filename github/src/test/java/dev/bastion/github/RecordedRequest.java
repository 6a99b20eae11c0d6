package dev.bastion.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request as it came over the wire.
 *
 * @param path decoded, after the interface's address
 * @param authorization the whole header, empty for none
 */
public record RecordedRequest(
        String method, String path, Map<String, String> query, String body, String authorization) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static RecordedRequest of(HttpExchange exchange, String root) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Map<String, String> values = new TreeMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return new RecordedRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath().substring(root.length()),
                values,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                authorization == null ? "" : authorization);
    }

    /** Whether it is this, as in {@code is("GET", "/repos/.+/pulls")}. */
    public boolean is(String verb, String pattern) {
        return method.equals(verb) && path.matches(pattern);
    }

    public String query(String name) {
        return query.getOrDefault(name, "");
    }

    /** The last part of the path but some. */
    public String part(int fromTheEnd) {
        String[] parts = path.split("/");
        return parts[parts.length - 1 - fromTheEnd];
    }

    /** The query as it stands in an address; empty for none. */
    public String rawQuery() {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** The same request on another path. */
    public RecordedRequest at(String other) {
        return new RecordedRequest(method, other, query, body, authorization);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("a body that is no JSON: " + body, e);
        }
    }
}
