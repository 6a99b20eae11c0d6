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
 * From a message on the socket to a handler of Bolt's and back. It stands where the SDK's {@code SocketModeApp} would,
 * because that acknowledges nothing when a handler throws or is missing, runs one handler at a time unless told otherwise,
 * runs what is delivered twice twice, and interrupts handlers on close. Here every envelope is acknowledged, whatever
 * becomes of it.
 */
public final class EnvelopeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeHandler.class);

    private final App app;
    private final SocketModeRequestParser parser;
    private final DeliveryDeduplicator seen;
    private final Function<RequestId, String> failureText;
    private final Gson gson = new Gson();

    /** @param failureText what people read when a handler failed unexpectedly; takes the number to look up in the log */
    public EnvelopeHandler(App app, DeliveryDeduplicator seen, Function<RequestId, String> failureText) {
        this.failureText = failureText;
        this.app = app;
        this.parser = new SocketModeRequestParser(app.config());
        this.seen = seen;
    }

    /** The kind of message, like {@code hello}, {@code disconnect} or {@code slash_commands}; empty when it is none. */
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
        if (seen.isDuplicate(names(envelope, id.get()))) {
            LOG.info("slack.envelope.again envelope={}", id.get());
            reply.accept(answer(id.get(), Optional.empty()));
            return;
        }
        reply.accept(answer(id.get(), run(message, id.get())));
    }

    /** What Slack calls it: the envelope, and what the person did, which keeps its trigger through every redelivery. */
    private static List<String> names(JsonObject envelope, String id) {
        List<String> names = new ArrayList<>(List.of("envelope " + id));
        if (envelope.get("payload") instanceof JsonObject payload) {
            text(payload, "trigger_id").ifPresent(trigger -> names.add("trigger " + trigger));
            text(payload, "event_id").ifPresent(event -> names.add("event " + event));
        }
        return names;
    }

    private Optional<JsonElement> run(String message, String id) {
        try {
            SocketModeRequest request = parser.parse(message);
            Response response = app.run(request.getBoltRequest());
            if (response.getStatusCode() != 200) {
                LOG.warn("slack.envelope.unhandled envelope={} status={}", id, response.getStatusCode());
                return Optional.empty();
            }
            return payload(response);
        } catch (Exception e) {
            RequestId number = RequestId.derivedFrom(id);
            LOG.error("slack.envelope.failed envelope={} request={}", id, number, e);
            return Optional.of(said(failureText.apply(number)));
        }
    }

    private Optional<JsonElement> payload(Response response) {
        String body = response.getBody();
        if (body == null || body.isEmpty()) {
            return Optional.empty();
        }
        boolean json =
                response.getContentType() != null && response.getContentType().startsWith("application/json");
        return Optional.of(json ? JsonParser.parseString(body) : said(body));
    }

    private static JsonObject said(String text) {
        JsonObject message = new JsonObject();
        message.addProperty("response_type", "ephemeral");
        message.addProperty("text", text);
        return message;
    }

    private String answer(String id, Optional<JsonElement> payload) {
        JsonObject answer = new JsonObject();
        answer.addProperty("envelope_id", id);
        payload.ifPresent(said -> answer.add("payload", said));
        return gson.toJson(answer);
    }

    private static Optional<String> text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
