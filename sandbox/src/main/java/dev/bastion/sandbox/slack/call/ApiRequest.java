package dev.bastion.sandbox.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import java.util.Optional;

/**
 * A call of a Web API method, before it is answered.
 *
 * @param arguments as sent, by form or JSON, without the token
 * @param caller whose token came with it
 * @param host where it was sent to, as the client named it: {@code 127.0.0.1:8080}
 */
public record ApiRequest(String method, ObjectNode arguments, Caller caller, String host) {
    /** The app with its app-level token, or its bot. */
    public enum Caller {
        APP,
        BOT
    }

    /** An argument that is there and not empty. */
    public Optional<String> text(String name) {
        return Json.text(arguments, name).filter(value -> !value.isEmpty());
    }

    public String required(String name, String errorWithout) {
        return text(name).orElseThrow(() -> new SlackException(errorWithout));
    }

    public boolean has(String name) {
        JsonNode argument = arguments.path(name);
        return argument.isContainerNode()
                || (arguments.hasNonNull(name) && !argument.asText().isEmpty());
    }

    /** Form clients send 1 or true. */
    public boolean flag(String name) {
        return text(name)
                .filter(value -> value.equals("1") || value.equals("true"))
                .isPresent();
    }

    public int number(String name, int otherwise) {
        return text(name).map(this::parsed).orElse(otherwise);
    }

    /** A structured argument: itself in a JSON body, text that holds JSON in a form; missing when it is not there. */
    public JsonNode json(String name, String errorWhenBroken) {
        JsonNode argument = arguments.path(name);
        if (!has(name)) {
            return MissingNode.getInstance();
        }
        return argument.isTextual()
                ? Json.parse(argument.asText()).orElseThrow(() -> new SlackException(errorWhenBroken))
                : argument;
    }

    private int parsed(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException notANumber) {
            throw new SlackException("invalid_arguments");
        }
    }
}
