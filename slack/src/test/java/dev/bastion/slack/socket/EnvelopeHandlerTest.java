package dev.bastion.slack.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import dev.bastion.slack.Samples;
import dev.bastion.slack.message.ErrorText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EnvelopeHandlerTest {
    private final AtomicInteger handled = new AtomicInteger();
    private final List<String> replies = new ArrayList<>();
    private final EnvelopeHandler envelopes =
            new EnvelopeHandler(app(), new DeliveryDeduplicator(() -> Samples.START), ErrorText::ofBug);

    private App app() {
        App app = new App(AppConfig.builder().build(), Slack.getInstance(new SlackConfig()), new ArrayList<>());
        app.command("/fine", (_, context) -> {
            handled.incrementAndGet();
            return context.ack();
        });
        app.command("/broken", (_, _) -> {
            throw new IllegalStateException("token=xoxb-secret");
        });
        return app;
    }

    @Test
    void anEnvelopeIsAcknowledged() {
        deliver("e1", "/fine", "t1");
        assertThat(replies).containsExactly("{\"envelope_id\":\"e1\"}");
    }

    @Test
    void aHandlerThatFailsStillAcknowledgesWithAnErrorText() {
        deliver("e1", "/broken", "t1");
        assertThat(replies)
                .singleElement()
                .satisfies(reply -> assertThat(reply)
                        .contains(
                                "\"envelope_id\":\"e1\"",
                                "\"response_type\":\"ephemeral\"",
                                "something went wrong on my side")
                        .doesNotContain("xoxb"));
    }

    @Test
    void whatNobodyHandlesIsAcknowledgedToo() {
        deliver("e1", "/unheard-of", "t1");
        envelopes.handle(
                "{\"envelope_id\":\"e2\",\"type\":\"events_api\",\"payload\":{\"type\":\"event_callback\"}}",
                replies::add);
        envelopes.handle("{\"envelope_id\":\"e3\",\"type\":\"interactive\"}", replies::add);
        assertThat(replies).hasSize(3).allSatisfy(reply -> assertThat(reply).contains("envelope_id"));
    }

    @Test
    void theSameDeliveredAgainIsAcknowledgedAndNotDoneTwice() {
        deliver("e1", "/fine", "t1");
        deliver("e1", "/fine", "t1");
        deliver("e2", "/fine", "t1");
        assertThat(replies).hasSize(3);
        assertThat(handled).hasValue(1);
    }

    @Test
    void nonsenseHasNoKind() {
        assertThat(EnvelopeHandler.kindOf("hello")).isEmpty();
        assertThat(EnvelopeHandler.kindOf("{\"type\":")).isEmpty();
        assertThat(EnvelopeHandler.kindOf("[]")).isEmpty();
        assertThat(EnvelopeHandler.kindOf("{\"type\":\"hello\"}")).isEqualTo("hello");
    }

    private void deliver(String envelope, String command, String trigger) {
        envelopes.handle("""
            {"envelope_id":"%s","type":"slash_commands","accepts_response_payload":true,
             "payload":{"command":"%s","text":"status","user_id":"U1","trigger_id":"%s"}}\
            """.formatted(envelope, command, trigger), replies::add);
    }
}
