package dev.bastion.sandbox.github.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A refusal by GitHub, with its status code, message and body. */
public final class GitHubException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final String DOCUMENTATION = "https://docs.github.com/rest";

    private final int status;
    private final String documentation;
    private final transient List<?> errors;

    public GitHubException(int status, String message) {
        this(status, message, List.of());
    }

    /** @param errors what the body lists: texts, or maps of resource, field and code */
    public GitHubException(int status, String message, List<?> errors) {
        this(status, message, errors, DOCUMENTATION);
    }

    private GitHubException(int status, String message, List<?> errors, String documentation) {
        super(message);
        this.status = status;
        this.documentation = documentation;
        this.errors = List.copyOf(errors);
    }

    public static GitHubException notFound() {
        return new GitHubException(404, "Not Found");
    }

    public static GitHubException unprocessable(String message) {
        return new GitHubException(422, message);
    }

    /**
     * The refusal of what no permission of a GitHub App allows.
     *
     * @param page the page of the request, below GitHub's REST documentation; empty for none of its own
     */
    public static GitHubException notAccessible(String page) {
        return documented(
                403, "Resource not accessible by integration", DOCUMENTATION + (page.isEmpty() ? "" : "/" + page));
    }

    /** @param page the address of the page that the answer names */
    public static GitHubException documented(int status, String message, String page) {
        return new GitHubException(status, message, List.of(), page);
    }

    /** @param code GitHub's word: missing_field, invalid, already_exists */
    public static GitHubException field(String resource, String field, String code) {
        return new GitHubException(
                422, "Validation Failed", List.of(Map.of("resource", resource, "field", field, "code", code)));
    }

    /** A field that is well formed and still not possible. */
    public static GitHubException custom(String resource, String message) {
        return new GitHubException(
                422, "Validation Failed", List.of(Map.of("resource", resource, "code", "custom", "message", message)));
    }

    public int status() {
        return status;
    }

    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", String.valueOf(getMessage()));
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        body.put("documentation_url", documentation);
        body.put("status", String.valueOf(status));
        return body;
    }

    /** Message and errors, for people. */
    public String text() {
        return errors.isEmpty()
                ? String.valueOf(getMessage())
                : getMessage() + ": "
                        + errors.stream().map(GitHubException::text).collect(Collectors.joining("; "));
    }

    private static String text(Object error) {
        return error instanceof Map<?, ?> fields
                ? String.valueOf(fields.containsKey("message") ? fields.get("message") : fields)
                : String.valueOf(error);
    }
}
