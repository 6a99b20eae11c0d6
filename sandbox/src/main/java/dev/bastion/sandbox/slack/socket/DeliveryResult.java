package dev.bastion.sandbox.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** The result of delivering an envelope. */
public sealed interface DeliveryResult {
    /** The app acknowledged it in time; {@code payload} is the payload of the acknowledgement, missing when it had none. */
    record Acknowledged(JsonNode payload, Duration after) implements DeliveryResult {}

    /** It did not: {@code operation_timeout}, or {@code dispatch_failed} when no app was connected. */
    record Unanswered(String error) implements DeliveryResult {}
}
