package dev.bastion.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.event.AppHomeOpenedEvent;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.model.SlackTiming;
import dev.bastion.sandbox.slack.socket.DeliveryResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketModeTest {
    private final SlackServer server =
            SlackServer.start(SlackWorkspace.seeded(SlackTiming.real().faster(6)), 0);
    private final SlackWorkspace slack = server.workspace();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCommandReachesTheAppAndItsAcknowledgementTheirScreen() throws Exception {
        Consumer<App> handlers = app -> app.command(
                "/bastion",
                (request, context) ->
                        context.ack("you said " + request.getPayload().getText()));

        try (BoltClient _ = BoltClient.connect(server, handlers)) {
            slack.as("john.doe").command("/bastion", "create dev <now> & then").acknowledged();

            assertThat(slack.ephemerals("john.doe"))
                    .extracting(Message::text)
                    .containsExactly("you said create dev &lt;now&gt; &amp; then");
            assertThat(slack.ephemerals("jane.roe")).isEmpty();
            assertThat(slack.messages()).isEmpty();
        }
    }

    @Test
    void withoutAnAppACommandFailsAtOnce() {
        DeliveryResult answer = slack.as("john.doe").command("/bastion", "help").await();

        assertThat(answer).isEqualTo(new DeliveryResult.Unanswered("dispatch_failed"));
        assertThat(slack.ephemerals("john.doe"))
                .singleElement()
                .satisfies(shown -> assertThat(shown.text()).contains("/bastion failed", "dispatch_failed"));
    }

    @Test
    void aCommandNobodyAcknowledgesTimesOutAndIsNotDeliveredAgain() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        Consumer<App> handlers = app -> app.command("/bastion", (_, _) -> {
            handled.incrementAndGet();
            throw new IllegalStateException("a handler that throws sends no acknowledgement");
        });

        try (BoltClient _ = BoltClient.connect(server, handlers)) {
            DeliveryResult answer =
                    slack.as("john.doe").command("/bastion", "help").await();

            assertThat(answer).isEqualTo(new DeliveryResult.Unanswered("operation_timeout"));
            assertThat(handled).hasValue(1);
            assertThat(slack.ephemerals("john.doe"))
                    .singleElement()
                    .satisfies(shown -> assertThat(shown.text()).contains("operation_timeout"));
        }
    }

    @Test
    void anEventNobodyAcknowledgesIsDeliveredAgain() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        Consumer<App> handlers = app -> app.event(AppHomeOpenedEvent.class, (_, context) -> {
            if (handled.incrementAndGet() < 2) {
                throw new IllegalStateException("not this time");
            }
            return context.ack();
        });

        try (BoltClient _ = BoltClient.connect(server, handlers)) {
            slack.as("john.doe").openHome().orElseThrow().acknowledged();

            assertThat(handled).hasValue(2);
        }
    }

    @Test
    void anEnvelopeIsDeliveredThreeTimesWhenAskedTo() throws Exception {
        List<String> triggers = new CopyOnWriteArrayList<>();
        Consumer<App> handlers = app -> app.command("/bastion", (request, context) -> {
            triggers.add(request.getPayload().getTriggerId());
            return context.ack();
        });

        try (BoltClient _ = BoltClient.connect(server, handlers)) {
            slack.faults().deliverEach(3);
            slack.as("john.doe").command("/bastion", "create dev").acknowledged();

            Await.until(() -> triggers.size() == 3);
            assertThat(triggers).containsOnly(triggers.getFirst());
        }
    }

    @Test
    void aLostAcknowledgementIsATimeout() throws Exception {
        try (BoltClient _ = BoltClient.connect(server, app -> app.command("/bastion", (_, _) -> Response.ok()))) {
            slack.faults().loseAcknowledgements(1);

            assertThat(slack.as("john.doe").command("/bastion", "help").await())
                    .isEqualTo(new DeliveryResult.Unanswered("operation_timeout"));
            slack.as("john.doe").command("/bastion", "help").acknowledged();
        }
    }

    @Test
    void aRefreshedConnectionIsReplacedWithoutLosingACommand() throws Exception {
        try (BoltClient _ = BoltClient.connect(server, app -> app.command("/bastion", (_, _) -> Response.ok()))) {
            long before = opened();
            slack.refreshSockets(Duration.ofMillis(300));

            Await.until(() -> opened() > before && slack.parts().connections().hasYoung());
            for (int command = 0; command < 20; command++) {
                slack.as("john.doe").command("/bastion", "help " + command).acknowledged();
            }
        }
    }

    @Test
    void aCutConnectionIsOpenedAgainOnceTheAppNotices() throws Exception {
        try (BoltClient _ = BoltClient.connect(server, app -> app.command("/bastion", (_, _) -> Response.ok()))) {
            slack.cutSockets();
            Await.until(() -> slack.connections() == 0);

            Await.until(() -> slack.connections() > 0);
            slack.as("john.doe").command("/bastion", "help").acknowledged();
        }
    }

    private long opened() {
        return slack.calls().stream()
                .filter(call -> call.method().equals("apps.connections.open") && call.isSuccessful())
                .count();
    }
}
