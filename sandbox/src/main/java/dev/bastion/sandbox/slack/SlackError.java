package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A method's "no": {@code ok: false} with Slack's code for it, and messages where Slack gives some. */
final class SlackError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final transient List<String> messages;

    SlackError(String code) {
        this(code, List.of());
    }

    SlackError(String code, List<String> messages) {
        super(code + (messages.isEmpty() ? "" : " " + messages));
        this.code = code;
        this.messages = List.copyOf(messages);
    }

    ObjectNode json() {
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
