package dev.bastion.sandbox.slack.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.Json;
import java.time.Instant;

/**
 * A recorded call of the Web API.
 *
 * @param status the HTTP status answered
 * @param error Slack's error code, empty when it went well
 */
public record ApiCall(Instant at, String method, ObjectNode arguments, int status, String error, ObjectNode response) {
    public boolean isSuccessful() {
        return status == 200 && error.isEmpty();
    }

    ObjectNode json() {
        ObjectNode call = Json.object();
        call.put("kind", "call").put("at", at.toString()).put("method", method).put("status", status);
        call.put("error", error).set("arguments", arguments);
        return call.set("response", response);
    }
}
