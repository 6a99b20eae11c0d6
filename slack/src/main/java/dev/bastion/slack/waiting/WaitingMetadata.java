package dev.bastion.slack.waiting;

import com.slack.api.model.Message;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.slack.web.PostedMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The metadata of a private message about a wait: all that a new process needs to know of it. */
record WaitingMetadata(Waiting waiting) implements PostedMetadata {
    private static final String EVENT_TYPE = "bastion_waiting";
    private static final String IN_LINE = "waiting";
    private static final String OFFERED = "offered";
    private static final String OVER = "over";

    @Override
    public Message.Metadata toSlack() {
        Map<String, Object> payload = new HashMap<>();
        payload.put("id", waiting.id().value());
        payload.put("user", waiting.user().value());
        payload.put("name", waiting.name());
        payload.put("environment", waiting.environment().value());
        waiting.duration().ifPresent(length -> payload.put("duration", length.toString()));
        payload.put("reason", waiting.reason().text());
        payload.put("since", waiting.since().toString());
        switch (waiting.stage()) {
            case Waiting.Stage.InLine _ -> payload.put("stage", IN_LINE);
            case Waiting.Stage.Offered(var until) -> {
                payload.put("stage", OFFERED);
                payload.put("until", until.toString());
            }
            case Waiting.Stage.Over _ -> payload.put("stage", OVER);
        }
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(payload)
                .build();
    }

    /** The wait that a message of ours is about; empty when it is about none. */
    static Optional<Waiting> of(Message message, String channel) {
        Message.@Nullable Metadata metadata = message.getMetadata();
        if (metadata == null || !EVENT_TYPE.equals(metadata.getEventType()) || metadata.getEventPayload() == null) {
            return Optional.empty();
        }
        try {
            AnnouncementRef reference = new AnnouncementRef(channel + "/" + message.getTs());
            return Optional.of(read(metadata.getEventPayload(), reference));
        } catch (InvalidValue | DateTimeException | NoSuchElementException _) {
            return Optional.empty();
        }
    }

    private static Waiting read(Map<String, Object> payload, AnnouncementRef message) {
        return new Waiting(
                new RequestId(text(payload, "id")),
                new SlackId(text(payload, "user")),
                text(payload, "name"),
                new EnvironmentName(text(payload, "environment")),
                Optional.ofNullable(payload.get("duration")).map(_ -> GrantDuration.parse(text(payload, "duration"))),
                Reason.cut(text(payload, "reason")),
                Timestamps.clamped(Instant.parse(text(payload, "since"))),
                stage(payload),
                Optional.of(message));
    }

    private static Waiting.Stage stage(Map<String, Object> payload) {
        return switch (text(payload, "stage")) {
            case IN_LINE -> new Waiting.Stage.InLine();
            case OFFERED -> new Waiting.Stage.Offered(Timestamps.parse(text(payload, "until")));
            default -> new Waiting.Stage.Over();
        };
    }

    private static String text(Map<String, Object> payload, String key) {
        if (payload.get(key) instanceof String text) {
            return text;
        }
        throw new NoSuchElementException(key);
    }
}
