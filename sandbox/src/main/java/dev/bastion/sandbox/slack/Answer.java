package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What became of an envelope. */
public sealed interface Answer {
    /** The app acknowledged it in time; {@code payload} is what it said with that, missing when it said nothing. */
    record Acknowledged(JsonNode payload, Duration after) implements Answer {}

    /** It did not: {@code operation_timeout}, or {@code dispatch_failed} when no app was connected. */
    record Unanswered(String error) implements Answer {}
}
