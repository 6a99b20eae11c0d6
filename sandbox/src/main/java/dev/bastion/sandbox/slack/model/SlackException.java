package dev.bastion.sandbox.slack.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A refusal by a Web API method: {@code ok: false} with Slack's error code, and messages where Slack has some. */
public final class SlackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final transient List<String> messages;

    public SlackException(String code) {
        this(code, List.of());
    }

    public SlackException(String code, List<String> messages) {
        super(code + (messages.isEmpty() ? "" : " " + messages));
        this.code = code;
        this.messages = List.copyOf(messages);
    }

    /**
     * The refusal of a token that lacks a scope.
     *
     * @param needed one or more, with commas
     * @param provided those of the token, with commas
     */
    public static ObjectNode missingScope(String needed, String provided) {
        return new SlackException("missing_scope").json().put("needed", needed).put("provided", provided);
    }

    public ObjectNode json() {
        ObjectNode response = Json.object().put("ok", false).put("error", code);
        if (!messages.isEmpty()) {
            response.putArray("errors").addAll(texts());
            response.putObject("response_metadata").putArray("messages").addAll(texts());
        }
        return response;
    }

    private ArrayNode texts() {
        ArrayNode texts = Json.array();
        messages.forEach(texts::add);
        return texts;
    }
}
