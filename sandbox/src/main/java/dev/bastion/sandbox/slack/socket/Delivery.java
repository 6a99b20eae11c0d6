package dev.bastion.sandbox.slack.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The delivery of an interaction to the app. */
public final class Delivery {
    private final String envelope;
    private final CompletableFuture<DeliveryResult> answer;

    Delivery(String envelope, CompletableFuture<DeliveryResult> answer) {
        this.envelope = envelope;
        this.answer = answer;
    }

    /** The envelope's id; redeliveries carry the same. */
    public String envelope() {
        return envelope;
    }

    /** The result; for events that Slack redelivers, the result of the last attempt. */
    public CompletableFuture<DeliveryResult> answer() {
        return answer.copy();
    }

    /** Waits for the result, at most 30 seconds. */
    public DeliveryResult await() {
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("envelope " + envelope + " has no outcome after 30 seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for envelope " + envelope, e);
        }
    }

    /** Waits, and fails unless the app acknowledged it in time. */
    public DeliveryResult.Acknowledged acknowledged() {
        return switch (await()) {
            case DeliveryResult.Acknowledged yes -> yes;
            case DeliveryResult.Unanswered no ->
                throw new IllegalStateException("envelope " + envelope + " was not acknowledged: " + no.error());
        };
    }
}
