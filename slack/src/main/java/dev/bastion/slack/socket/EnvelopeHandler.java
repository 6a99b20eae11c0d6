package dev.bastion.slack.socket;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import dev.bastion.access.grant.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step from a message on the socket to a handler of Bolt's and back. It replaces the SDK's {@code SocketModeApp},
 * which does not acknowledge an envelope whose handler throws or is missing, runs one handler at a time by default, runs a
 * repeated delivery twice, and interrupts handlers on close. Here every envelope is acknowledged exactly once.
 */
public final class EnvelopeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeHandler.class);

    private final App app;
    private final SocketModeRequestParser parser;
    private final DeliveryDeduplicator deliveries;
    private final Function<RequestId, String> failureText;
    private final Gson gson = new Gson();

    /** @param failureText the answer to a person when a handler failed unexpectedly; takes the id to search the log for */
    public EnvelopeHandler(App app, DeliveryDeduplicator deliveries, Function<RequestId, String> failureText) {
        this.failureText = failureText;
        this.app = app;
        this.parser = new SocketModeRequestParser(app.config());
        this.deliveries = deliveries;
    }

    /** The kind of message, like {@code hello}, {@code disconnect} or {@code slash_commands}; empty when it has none. */
    public static String kindOf(String message) {
        try {
            JsonElement read = JsonParser.parseString(message);
            return read.isJsonObject() ? text(read.getAsJsonObject(), "type").orElse("") : "";
        } catch (JsonParseException _) {
            return "";
        }
    }

    /** Handles one envelope and answers it exactly once. */
    public void handle(String message, Consumer<String> reply) {
        JsonObject envelope = JsonParser.parseString(message).getAsJsonObject();
        Optional<String> id = text(envelope, "envelope_id");
        if (id.isEmpty()) {
            return;
        }
        if (deliveries.isDuplicate(ids(envelope, id.get()))) {
            LOG.atInfo().addKeyValue("envelope", id.get()).log("slack.envelope.again");
            reply.accept(acknowledgement(id.get(), Optional.empty()));
            return;
        }
        reply.accept(acknowledgement(id.get(), run(message, id.get())));
    }

    /** Slack's ids of the envelope and of the action in it; the action keeps its trigger through every redelivery. */
    private static List<String> ids(JsonObject envelope, String id) {
        List<String> ids = new ArrayList<>(List.of("envelope " + id));
        if (envelope.get("payload") instanceof JsonObject payload) {
            text(payload, "trigger_id").ifPresent(trigger -> ids.add("trigger " + trigger));
            text(payload, "event_id").ifPresent(event -> ids.add("event " + event));
        }
        return ids;
    }

    private Optional<JsonElement> run(String message, String id) {
        try {
            SocketModeRequest request = parser.parse(message);
            Response response = app.run(request.getBoltRequest());
            if (response.getStatusCode() != 200) {
                LOG.atWarn()
                        .addKeyValue("envelope", id)
                        .addKeyValue("status", response.getStatusCode())
                        .log("slack.envelope.unhandled");
                return Optional.empty();
            }
            return payload(response);
        } catch (Exception e) {
            RequestId requestId = RequestId.derivedFrom(id);
            LOG.atError()
                    .addKeyValue("envelope", id)
                    .addKeyValue("request", requestId)
                    .setCause(e)
                    .log("slack.envelope.failed");
            return Optional.of(ephemeral(failureText.apply(requestId)));
        }
    }

    private Optional<JsonElement> payload(Response response) {
        String body = response.getBody();
        if (body == null || body.isEmpty()) {
            return Optional.empty();
        }
        boolean json =
                response.getContentType() != null && response.getContentType().startsWith("application/json");
        return Optional.of(json ? JsonParser.parseString(body) : ephemeral(body));
    }

    private static JsonObject ephemeral(String text) {
        JsonObject message = new JsonObject();
        message.addProperty("response_type", "ephemeral");
        message.addProperty("text", text);
        return message;
    }

    private String acknowledgement(String id, Optional<JsonElement> payload) {
        JsonObject answer = new JsonObject();
        answer.addProperty("envelope_id", id);
        payload.ifPresent(content -> answer.add("payload", content));
        return gson.toJson(answer);
    }

    private static Optional<String> text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
