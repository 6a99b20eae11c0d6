package dev.bastion.app.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Message;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrantMetadataTest {
    @ParameterizedTest
    @EnumSource(ShownStage.class)
    void everyStageIsReadBack(ShownStage stage) {
        GrantMetadata metadata = GrantMetadata.shown(Sample.REQUEST, Sample.DEV, stage);
        assertThat(GrantMetadata.of(message(metadata.toSlack()))).hasValue(metadata);
    }

    @Test
    void aWhisperIsReadBack() {
        GrantMetadata metadata = GrantMetadata.whispered(Sample.REQUEST, "warning 2026-01-15T13:30:00Z");
        assertThat(GrantMetadata.of(message(metadata.toSlack()))).hasValue(metadata);
    }

    @Test
    void whatOthersWriteIsNotOurs() {
        assertThat(GrantMetadata.of(new Message())).isEmpty();
        assertThat(GrantMetadata.of(message(new Message.Metadata("deploy", Map.of("request_id", "01JHR7Z9C0V6T1")))))
                .isEmpty();
        assertThat(GrantMetadata.of(message(new Message.Metadata("bastion_grant", Map.of("request_id", "<!channel>")))))
                .isEmpty();
        assertThat(GrantMetadata.of(message(new Message.Metadata("bastion_grant", Map.of("request_id", 7)))))
                .isEmpty();
    }

    private static Message message(Message.Metadata metadata) {
        Message message = new Message();
        message.setMetadata(metadata);
        return message;
    }
}
