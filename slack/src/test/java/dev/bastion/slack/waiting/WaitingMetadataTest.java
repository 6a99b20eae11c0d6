package dev.bastion.slack.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Message;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.slack.HostileTexts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message and a button remember of a wait. */
class WaitingMetadataTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    private static Waiting waiting(Reason reason, Waiting.Stage stage, Optional<GrantDuration> duration) {
        return new Waiting(
                RequestId.derivedFrom("one"),
                new SlackId("W12345678"),
                "jane.roe",
                new EnvironmentName("prod/orders"),
                duration,
                reason,
                NOON,
                stage,
                Optional.of(new AnnouncementRef("D0123/1736937000.000100")));
    }

    private static Message message(Map<String, Object> payload, String type) {
        Message message = new Message();
        message.setTs("1736937000.000100");
        message.setMetadata(
                Message.Metadata.builder().eventType(type).eventPayload(payload).build());
        return message;
    }

    @Test
    void everyWaitIsReadBack() {
        Random random = new Random(7);
        for (Waiting.Stage stage :
                List.of(new Waiting.Stage.InLine(), new Waiting.Stage.Offered(NOON), new Waiting.Stage.Over())) {
            for (int round = 0; round < 100; round++) {
                Waiting waiting = waiting(
                        HostileTexts.reason(random),
                        stage,
                        round % 2 == 0 ? Optional.empty() : Optional.of(GrantDuration.parse("1h30m")));
                Message.Metadata written = new WaitingMetadata(waiting).toSlack();
                assertThat(WaitingMetadata.of(message(written.getEventPayload(), written.getEventType()), "D0123"))
                        .contains(waiting);
            }
        }
    }

    /** Other apps, and later versions, write what they like. */
    @ParameterizedTest
    @ValueSource(strings = {"id", "user", "name", "environment", "reason", "since", "stage"})
    void whatLacksAValueOrHasAnotherIsNoWait(String key) {
        Waiting waiting = waiting(Reason.of("INC-1"), new Waiting.Stage.InLine(), Optional.empty());
        Map<String, Object> payload =
                new HashMap<>(new WaitingMetadata(waiting).toSlack().getEventPayload());
        payload.put(key, 7);
        assertThat(WaitingMetadata.of(message(payload, "bastion_waiting"), "D0123"))
                .isEmpty();
        payload.remove(key);
        assertThat(WaitingMetadata.of(message(payload, "bastion_waiting"), "D0123"))
                .isEmpty();
        assertThat(WaitingMetadata.of(new Message(), "D0123")).isEmpty();
    }

    @Test
    void ofAnotherTypeIsNoWait() {
        Waiting waiting = waiting(Reason.of("INC-1"), new Waiting.Stage.InLine(), Optional.empty());
        Map<String, Object> payload = new WaitingMetadata(waiting).toSlack().getEventPayload();
        assertThat(WaitingMetadata.of(message(payload, "bastion_grant"), "D0123"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev", "dev -", "dev 2x INC", "../etc - x", "DEV! - x", "dev 99999d x"})
    void whatNoButtonOfOursSaysBeginsNoWait(String value) {
        assertThat(WaitRequest.of(value)).isEmpty();
    }

    @Test
    void theButtonHasWhatWasTyped() {
        WaitRequest request = new WaitRequest(
                new EnvironmentName("dev"), Optional.of(GrantDuration.parse("90m")), Reason.of("INC-1 x"));
        assertThat(WaitRequest.of(request.value())).contains(request);
        WaitRequest plain = new WaitRequest(new EnvironmentName("dev"), Optional.empty(), Reason.NONE);
        assertThat(WaitRequest.of(plain.value())).contains(plain);
        String longest = "\uD83D\uDE00".repeat(Reason.LONGEST);
        assertThat(new WaitRequest(new EnvironmentName("dev"), Optional.empty(), Reason.of(longest)).value())
                .hasSizeLessThan(2000);
    }
}
