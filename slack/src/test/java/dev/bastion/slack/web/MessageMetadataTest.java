package dev.bastion.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Message;
import dev.bastion.slack.Samples;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageMetadataTest {
    @ParameterizedTest
    @EnumSource(DisplayedStage.class)
    void everyStageIsReadBack(DisplayedStage stage) {
        MessageMetadata metadata = MessageMetadata.of(Samples.REQUEST, Optional.of(Samples.DEV), stage);
        assertThat(MessageMetadata.of(message(metadata.toSlack()))).hasValue(metadata);
    }

    @Test
    void aPrivateMessageIsReadBack() {
        MessageMetadata metadata = MessageMetadata.sentOnce(Samples.REQUEST, "warning 2026-01-15T13:30:00Z");
        assertThat(MessageMetadata.of(message(metadata.toSlack()))).hasValue(metadata);
    }

    @Test
    void whatOthersWriteIsNotOurs() {
        assertThat(MessageMetadata.of(new Message())).isEmpty();
        assertThat(MessageMetadata.of(message(new Message.Metadata("deploy", Map.of("request_id", "01JHR7Z9C0V6T1")))))
                .isEmpty();
        assertThat(MessageMetadata.of(
                        message(new Message.Metadata("bastion_grant", Map.of("request_id", "<!channel>")))))
                .isEmpty();
        assertThat(MessageMetadata.of(message(new Message.Metadata("bastion_grant", Map.of("request_id", 7)))))
                .isEmpty();
    }

    private static Message message(Message.Metadata metadata) {
        Message message = new Message();
        message.setMetadata(metadata);
        return message;
    }
}
