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
 * The metadata of a message of ours (https://docs.slack.dev/messaging/message-metadata): its request and, of a message
 * that is edited in place, the stage it shows. It is the only memory of what was posted.
 *
 * @param stage of a request's live message in the channel, the stage it shows
 * @param key of a message that is sent once, its name among those of the request
 * @param remark what an edit changed about a message that is sent once; of a live message, that its holder was not told yet
 */
public record MessageMetadata(
        RequestId request,
        Optional<EnvironmentName> environment,
        Optional<DisplayedStage> stage,
        Optional<String> key,
        Optional<String> remark)
        implements PostedMetadata {
    private static final String EVENT_TYPE = "bastion_grant";

    /** Of a live message. */
    public static MessageMetadata of(RequestId request, Optional<EnvironmentName> environment, DisplayedStage stage) {
        return new MessageMetadata(request, environment, Optional.of(stage), Optional.empty(), Optional.empty());
    }

    /** Of a message that is sent once. */
    public static MessageMetadata sentOnce(RequestId request, String key) {
        return new MessageMetadata(request, Optional.empty(), Optional.empty(), Optional.of(key), Optional.empty());
    }

    public MessageMetadata withRemark(String text) {
        return new MessageMetadata(request, environment, stage, key, Optional.of(text));
    }

    public boolean hasRemark(String text) {
        return remark.filter(text::equals).isPresent();
    }

    /** Whether both are of the same message, edited or not. */
    public boolean isOfSameMessage(MessageMetadata other) {
        return request.equals(other.request) && key.equals(other.key);
    }

    /** Empty when the message is not about a request. */
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
                            text(payload, "whisper"),
                            text(payload, "remark")));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    @Override
    public Message.Metadata toSlack() {
        Map<String, Object> payload = new HashMap<>();
        payload.put("request_id", request.value());
        environment.ifPresent(name -> payload.put("environment", name.value()));
        stage.ifPresent(shown -> payload.put("stage", shown.word()));
        // The field is called so in messages that earlier versions posted.
        key.ifPresent(name -> payload.put("whisper", name));
        remark.ifPresent(text -> payload.put("remark", text));
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(payload)
                .build();
    }

    private static Optional<String> text(Map<String, Object> payload, String key) {
        return payload.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
