package dev.bastion.simulation.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.MessageVersion;
import dev.bastion.simulation.model.Violation.Rule;
import dev.bastion.simulation.world.Instances.Instance;
import dev.bastion.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold of the service's messages. */
public final class SlackModel {
    private static final Duration ALARM_TAKES = Duration.ofMinutes(3);

    private final World world;
    private final LedgerModel ledger;

    public SlackModel(World world, LedgerModel ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    private List<Message> all() {
        return world.slack().conversations().stream()
                .flatMap(conversation -> world.slack().messages(conversation.id()).stream())
                .filter(message -> message.author().equals(world.slack().bot()))
                .toList();
    }

    /** Checks all messages. */
    public void check(Conditions conditions) {
        Map<String, Message> seen = new HashMap<>();
        for (Message message : all()) {
            Optional<String> request = message.metadata("request_id");
            if (request.isEmpty()) {
                continue;
            }
            String identity = message.channel() + " " + request.get() + " "
                    + message.metadata("whisper").orElse("live");
            Message before = seen.putIfAbsent(identity, message);
            if (before != null && !isAlarmAgain(before)) {
                throw new Violation(
                        Rule.TOLD_ONCE,
                        identity + " was sent at " + before.ts() + " and at " + message.ts() + ": "
                                + message.readable());
            }
            if (message.metadata("whisper").isEmpty()) {
                checkGone(request.get(), message);
            }
        }
        checkAlarms(conditions);
    }

    /** An alarm whose cause was over is raised again when it comes back, and an environment's after a day. */
    private static boolean isAlarmAgain(Message before) {
        return before.metadata("remark").isPresent();
    }

    private void checkGone(String request, Message message) {
        Optional<Instant> shown = message.versions().stream()
                .filter(version -> stage(version).equals("gone"))
                .map(MessageVersion::at)
                .findFirst();
        if (shown.isEmpty() || ledger.isForgotten(request)) {
            return;
        }
        for (Instance instance : world.instances().ever()) {
            if (instance.request().filter(request::equals).isPresent()
                    && instance.goneAt().isAfter(shown.get())) {
                throw new Violation(
                        Rule.GONE_IS_LAST,
                        "request " + request + " was shown as gone at " + shown.get() + ", and its instance "
                                + instance.id() + " was there from " + instance.createdAt() + " until "
                                + instance.goneAt());
            }
        }
    }

    static String stage(MessageVersion version) {
        JsonNode payload = version.metadata().path("event_payload");
        return payload.path("stage").asText();
    }

    private void checkAlarms(Conditions conditions) {
        Instant now = world.clock().instant();
        for (LedgerModel.HandOpened opening : ledger.openByHand()) {
            Instant from = Conditions.later(opening.at(), conditions.toAlarm());
            boolean isDue = from.isBefore(now) && Duration.between(from, now).compareTo(ALARM_TAKES) > 0;
            if (isDue && !isAlarmed(opening)) {
                throw new Violation(
                        Rule.ALARMED,
                        opening.environment() + " was opened for "
                                + opening.values().user() + " until "
                                + opening.values().expiresAt() + " by hand in " + opening.commit() + " at "
                                + opening.at() + ", and nobody was alarmed until " + now);
            }
        }
    }

    /** The alarm about the grant, or that the file cannot be read; the one about a changed configuration is another. */
    private boolean isAlarmed(LedgerModel.HandOpened opening) {
        String commit = opening.commit().substring(0, 7);
        String approval = "without approval " + opening.environment() + " " + commit;
        String unreadable = "unreadable " + commit;
        return all().stream()
                .anyMatch(message -> message.metadata("whisper")
                        .filter(key -> key.startsWith(approval) || key.startsWith(unreadable))
                        .isPresent());
    }

    /** After all faults have been over for long: every request has a message that shows how it ended. */
    public void checkAtTheEnd() {
        Map<String, Message> live = new HashMap<>();
        for (Message message : all()) {
            Optional<String> request = message.metadata("request_id");
            if (request.isPresent() && message.metadata("whisper").isEmpty()) {
                live.put(request.get(), message);
            }
        }
        live.forEach((request, message) -> {
            String stage = stage(message.versions().getLast());
            if (stage.equals("requested")) {
                throw new Violation(
                        Rule.TOLD, "request " + request + " still shows as requested: " + message.readable());
            }
        });
        ledger.openedRequests().forEach((request, environment) -> {
            if (ledger.isClosed(request) && !ledger.isForgotten(request)) {
                Message message = live.get(request);
                String stage = message == null ? "" : stage(message.versions().getLast());
                if (!stage.equals("gone")) {
                    throw new Violation(
                            Rule.TOLD,
                            "request " + request + " for " + environment + " is over, and its message shows \"" + stage
                                    + "\"");
                }
            }
        });
    }
}
