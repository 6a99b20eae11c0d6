package dev.bastion.sandbox.github;

import java.util.Map;

/** A "no" of the REST interface, with GitHub's own status code and message. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Problem(int status, String message) {
        super(message);
        this.status = status;
    }

    static Problem notFound() {
        return new Problem(404, "Not Found");
    }

    static Problem unprocessable(String message) {
        return new Problem(422, message);
    }

    int status() {
        return status;
    }

    Map<String, Object> body() {
        return Map.of(
                "message",
                String.valueOf(getMessage()),
                "documentation_url",
                "https://docs.github.com/rest",
                "status",
                String.valueOf(status));
    }
}
