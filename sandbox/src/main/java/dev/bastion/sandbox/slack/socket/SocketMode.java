package dev.bastion.sandbox.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.Transcript;
import dev.bastion.sandbox.slack.fault.SlackFaults;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Socket Mode: delivers envelopes and waits for their acknowledgements.
 *
 * @see <a href="https://docs.slack.dev/apis/events-api/using-socket-mode">Socket Mode</a>
 */
public final class SocketMode implements AutoCloseable {
    private record Pending(Envelope envelope, Instant sent) {}

    private final Connections connections;
    private final SlackFaults faults;
    private final SlackTiming timing;
    private final Transcript transcript;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("slack-clock").factory());

    public SocketMode(Connections connections, SlackFaults faults, SlackTiming timing, Transcript transcript) {
        this.connections = connections;
        this.faults = faults;
        this.timing = timing;
        this.transcript = transcript;
    }

    public Delivery deliver(String type, ObjectNode payload, Envelope.AcknowledgementListener told) {
        boolean again = type.equals("events_api") || faults.redeliversEverything();
        String id = UUID.randomUUID().toString();
        Envelope envelope =
                new Envelope(id, type, payload, again, told, new AtomicBoolean(), new CompletableFuture<>());
        attempt(envelope, 0);
        return new Delivery(id, envelope.answer());
    }

    private void attempt(Envelope envelope, int attempt) {
        if (envelope.isSettled()) {
            return;
        }
        pending.put(envelope.id(), new Pending(envelope, Instant.now()));
        int sent = 0;
        for (int copy = 0; copy < faults.deliveries(); copy++) {
            sent += connections
                            .next()
                            .filter(to -> to.send(envelope.json(attempt)))
                            .isPresent()
                    ? 1
                    : 0;
        }
        ObjectNode line = line("envelope", envelope).put("attempt", attempt).put("copies", sent);
        transcript.add(line.<ObjectNode>set("payload", envelope.payload()));
        String error = sent == 0 ? "dispatch_failed" : "operation_timeout";
        after(sent == 0 ? Duration.ZERO : timing.acknowledgement(), () -> missed(envelope, attempt, error));
    }

    private void missed(Envelope envelope, int attempt, String error) {
        if (envelope.isSettled()) {
            return;
        }
        transcript.add(line("missed", envelope).put("attempt", attempt).put("error", error));
        if (attempt == 0) {
            envelope.told().failed(error);
        }
        if (envelope.redelivered() && attempt < timing.redeliveries().size()) {
            after(timing.redeliveries().get(attempt), () -> attempt(envelope, attempt + 1));
        } else {
            giveUp(envelope, error);
        }
    }

    /** What the app sent on any of its connections. */
    public void received(String message) {
        JsonNode said = Json.parse(message).orElseGet(Json::object);
        Pending waiting = pending.get(said.path("envelope_id").asText());
        if (waiting == null || faults.losesAcknowledgement()) {
            return;
        }
        Envelope envelope = waiting.envelope();
        if (envelope.settle()) {
            pending.remove(envelope.id());
            transcript.add(line("acknowledgement", envelope).<ObjectNode>set("payload", said.path("payload")));
            envelope.told().acknowledged(said.path("payload"));
            Duration after = Duration.between(waiting.sent(), Instant.now());
            envelope.answer().complete(new DeliveryResult.Acknowledged(said.path("payload"), after));
        }
    }

    private void giveUp(Envelope envelope, String error) {
        if (envelope.settle()) {
            pending.remove(envelope.id());
            envelope.answer().complete(new DeliveryResult.Unanswered(error));
        }
    }

    /** Slack refreshes connections every few hours: a warning, then the request, then they are closed. */
    public void refresh(Duration notice) {
        List<Connection> old = connections.announceEnd();
        after(notice, () -> old.forEach(Connection::end));
    }

    private static ObjectNode line(String kind, Envelope envelope) {
        ObjectNode line =
                Json.object().put("kind", kind).put("at", Instant.now().toString());
        return line.put("envelope", envelope.id()).put("type", envelope.type());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it does is seen in the workspace
    private void after(Duration wait, Runnable action) {
        clock.schedule(action, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
