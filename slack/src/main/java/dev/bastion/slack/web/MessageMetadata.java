package dev.bastion.slack.web;

import com.slack.api.model.Message;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.RequestId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message of ours says of itself to programs (https://docs.slack.dev/messaging/message-metadata): whose grant it
 * shows and how far it has come. It is the memory of what people have been shown; there is no other.
 *
 * @param stage of a message in the channel, how far the grant has come there
 * @param holderMessage of a private message, which of them it is
 */
public record MessageMetadata(
        RequestId request,
        Optional<EnvironmentName> environment,
        Optional<DisplayedStage> stage,
        Optional<String> holderMessage) {
    private static final String EVENT_TYPE = "bastion_grant";

    public static MessageMetadata shown(RequestId request, EnvironmentName environment, DisplayedStage stage) {
        return new MessageMetadata(request, Optional.of(environment), Optional.of(stage), Optional.empty());
    }

    public static MessageMetadata whispered(RequestId request, String key) {
        return new MessageMetadata(request, Optional.empty(), Optional.empty(), Optional.of(key));
    }

    /** Empty when the message is none of a grant. */
    public static Optional<MessageMetadata> of(Message message) {
        Message.@Nullable Metadata metadata = message.getMetadata();
        if (metadata == null || !EVENT_TYPE.equals(metadata.getEventType()) || metadata.getEventPayload() == null) {
            return Optional.empty();
        }
        Map<String, Object> payload = metadata.getEventPayload();
        try {
            return text(payload, "request_id")
                    .map(RequestId::new)
                    .map(request -> new MessageMetadata(
                            request,
                            text(payload, "environment").map(EnvironmentName::new),
                            text(payload, "stage").flatMap(DisplayedStage::named),
                            text(payload, "whisper")));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    Message.Metadata toSlack() {
        Map<String, Object> payload = new HashMap<>();
        payload.put("request_id", request.value());
        environment.ifPresent(name -> payload.put("environment", name.value()));
        stage.ifPresent(shown -> payload.put("stage", shown.word()));
        holderMessage.ifPresent(key -> payload.put("whisper", key));
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(payload)
                .build();
    }

    private static Optional<String> text(Map<String, Object> payload, String key) {
        return payload.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
