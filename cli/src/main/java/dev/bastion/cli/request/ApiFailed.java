package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A call that did not do what it should: the API refused it, or gave no answer. Its exit code says which. */
final class ApiFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient JsonNode problem;

    private ApiFailed(String message, int exitCode, JsonNode problem) {
        super(message);
        this.exitCode = exitCode;
        this.problem = problem;
    }

    /** A refusal, as the API says it. */
    static ApiFailed refused(int status, JsonNode problem) {
        String detail = problem.path("detail").asText("the API answered " + status);
        boolean isTemporary = status >= 500;
        return new ApiFailed(detail, isTemporary ? ExitCodes.UNAVAILABLE : ExitCodes.REFUSED, problem);
    }

    static ApiFailed unreachable(String message) {
        return new ApiFailed(
                message,
                ExitCodes.UNAVAILABLE,
                JsonNodeFactory.instance.objectNode().put("detail", message));
    }

    /** An answer that says that a system behind the API did not do its part. */
    static ApiFailed unavailable(String message, JsonNode answer) {
        return new ApiFailed(message, ExitCodes.UNAVAILABLE, answer);
    }

    /** A request that will not lead to access, or a wait that took too long. */
    static ApiFailed notReady(String message, JsonNode request) {
        return new ApiFailed(message, ExitCodes.NOT_READY, request);
    }

    /** What the user must give. */
    static ApiFailed usage(String message) {
        return new ApiFailed(
                message, ExitCodes.USAGE, JsonNodeFactory.instance.objectNode().put("detail", message));
    }

    int exitCode() {
        return exitCode;
    }

    JsonNode problem() {
        return problem;
    }
}
