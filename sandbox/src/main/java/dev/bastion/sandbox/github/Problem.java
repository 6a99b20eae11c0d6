package dev.bastion.sandbox.github;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A "no" of the forge, with GitHub's own status code, message and body. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<?> errors;

    Problem(int status, String message) {
        this(status, message, List.of());
    }

    /** @param errors what the body lists: texts, or maps of resource, field and code */
    Problem(int status, String message, List<?> errors) {
        super(message);
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    static Problem notFound() {
        return new Problem(404, "Not Found");
    }

    static Problem unprocessable(String message) {
        return new Problem(422, message);
    }

    /** @param code GitHub's word: missing_field, invalid, already_exists */
    static Problem field(String resource, String field, String code) {
        return new Problem(
                422, "Validation Failed", List.of(Map.of("resource", resource, "field", field, "code", code)));
    }

    /** A field that is well formed and still not possible. */
    static Problem custom(String resource, String message) {
        return new Problem(
                422, "Validation Failed", List.of(Map.of("resource", resource, "code", "custom", "message", message)));
    }

    public int status() {
        return status;
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", String.valueOf(getMessage()));
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        body.put("documentation_url", "https://docs.github.com/rest");
        body.put("status", String.valueOf(status));
        return body;
    }

    /** Message and errors, for people. */
    public String text() {
        return errors.isEmpty()
                ? String.valueOf(getMessage())
                : getMessage() + ": " + errors.stream().map(Problem::text).collect(Collectors.joining("; "));
    }

    private static String text(Object error) {
        return error instanceof Map<?, ?> fields
                ? String.valueOf(fields.containsKey("message") ? fields.get("message") : fields)
                : String.valueOf(error);
    }
}
