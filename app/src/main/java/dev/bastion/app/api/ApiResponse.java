package dev.bastion.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** An answer of the API: status, body and headers. */
record ApiResponse(int status, String contentType, String body, Map<String, String> headers) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    ApiResponse {
        headers = Map.copyOf(headers);
    }

    static ApiResponse json(int status, JsonNode body) {
        return new ApiResponse(status, JSON, body.toString(), Map.of());
    }

    /**
     * A problem.
     *
     * @param detail what happened, what it means and what to do
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
     */
    static ApiResponse problem(ProblemType type, String detail) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", detail);
        return new ApiResponse(type.status(), PROBLEM, problem.toString(), Map.of());
    }

    ApiResponse with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new ApiResponse(status, contentType, body, all);
    }

    /** Asks the caller to wait so long, rounded up to whole seconds. */
    ApiResponse retryAfter(Duration pause) {
        return with(
                "Retry-After", Long.toString(Math.max(1, pause.plusMillis(999).toSeconds())));
    }

    boolean isSuccess() {
        return status < 300;
    }
}
