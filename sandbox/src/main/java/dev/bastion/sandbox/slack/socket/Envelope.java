package dev.bastion.sandbox.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An envelope of Socket Mode, delivered until the app acknowledges it.
 *
 * @param type {@code slash_commands}, {@code interactive} or {@code events_api}
 * @param redelivered whether Slack tries again
 * @param told receives the result of the first attempt, for the person
 * @param settled whether it is acknowledged, or given up
 * @param answer the result, complete after {@code told}
 */
public record Envelope(
        String id,
        String type,
        ObjectNode payload,
        boolean redelivered,
        AcknowledgementListener told,
        AtomicBoolean settled,
        CompletableFuture<DeliveryResult> answer) {
    /** Receives the acknowledgement of an interaction, or its failure. */
    public interface AcknowledgementListener {
        void acknowledged(JsonNode payload);

        void failed(String error);

        static AcknowledgementListener nothing() {
            return new AcknowledgementListener() {
                @Override
                public void acknowledged(JsonNode payload) {
                    // no person waits for it
                }

                @Override
                public void failed(String error) {
                    // no person waits for it
                }
            };
        }
    }

    boolean isSettled() {
        return settled.get();
    }

    /** True for the first caller, who decides the result. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    ObjectNode json(int attempt) {
        ObjectNode envelope = Json.object().put("envelope_id", id).put("type", type);
        envelope.put("accepts_response_payload", !type.equals("events_api"));
        if (attempt > 0 || type.equals("events_api")) {
            envelope.put("retry_attempt", attempt).put("retry_reason", attempt > 0 ? "timeout" : "");
        }
        return envelope.set("payload", payload);
    }
}
