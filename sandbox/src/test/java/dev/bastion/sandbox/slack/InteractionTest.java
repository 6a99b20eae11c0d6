package dev.bastion.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.bolt.App;
import com.slack.api.model.event.AppHomeOpenedEvent;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.view.ModalView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buttons, modals, homes, response URLs. */
class InteractionTest {
    private static final String BUTTON = """
            [{"type": "actions", "block_id": "row", "elements": [
              {"type": "button", "action_id": "end", "value": "01JHR", "text": {"type": "plain_text", "text": "End now"}}]}]""";
    private static final String MODAL = """
            {"type": "modal", "callback_id": "request", "notify_on_close": true,
             "title": {"type": "plain_text", "text": "%s"}, "submit": {"type": "plain_text", "text": "Request"},
             "blocks": [
              {"type": "input", "block_id": "where", "label": {"type": "plain_text", "text": "Environment"},
               "element": {"type": "static_select", "action_id": "environment", "options": [
                {"text": {"type": "plain_text", "text": "dev"}, "value": "dev"}]}},
              {"type": "input", "block_id": "why", "optional": true, "label": {"type": "plain_text", "text": "Reason"},
               "element": {"type": "plain_text_input", "action_id": "reason", "initial_value": "none"}}]}""";

    private final SlackServer server = SlackServer.start();
    private final SlackWorkspace slack = server.workspace();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private BoltClient app(Consumer<App> handlers) throws Exception {
        return BoltClient.connect(server, handlers);
    }

    private Message withButton(BoltClient app) throws Exception {
        var posted = app.methods()
                .chatPostMessage(message ->
                        message.channel(SlackWorkspace.CHANNEL).text("ready").blocksAsString(BUTTON));
        return slack.message(SlackWorkspace.CHANNEL, posted.getTs()).orElseThrow();
    }

    @Test
    void aClickCarriesTheButtonAndCanBeAnsweredAtItsMessage() throws Exception {
        Consumer<App> handlers = app -> app.blockAction("end", (request, context) -> {
            heard.add(request.getPayload().getUser().getId() + " "
                    + request.getPayload().getActions().getFirst().getValue());
            context.respond(answer -> answer.text("closing").replaceOriginal(true));
            return context.ack();
        });

        try (BoltClient app = app(handlers)) {
            Message message = withButton(app);
            slack.as("jane.roe").click(message, "end").acknowledged();

            assertThat(heard).containsExactly("U23456789 01JHR");
            assertThat(slack.messages()).extracting(Message::text).containsExactly("closing");
            assertThatThrownBy(() -> slack.as("jane.roe").click(message, "end"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is no element end");
        }
    }

    @Test
    void aResponseUrlAnswersFiveTimes() throws Exception {
        List<String> urls = new CopyOnWriteArrayList<>();
        Consumer<App> handlers = app -> app.command("/bastion", (request, context) -> {
            urls.add(request.getPayload().getResponseUrl());
            return context.ack();
        });

        try (BoltClient _ = app(handlers)) {
            slack.as("john.doe").command("/bastion", "help").acknowledged();
            for (int use = 1; use <= 5; use++) {
                assertThat(RawHttp.post(urls.getFirst(), "", "{\"text\": \"answer\"}")
                                .statusCode())
                        .isEqualTo(200);
            }

            var sixth = RawHttp.post(urls.getFirst(), "", "{\"text\": \"answer\"}");
            assertThat(sixth.statusCode()).isEqualTo(404);
            assertThat(sixth.body()).contains("used_url");
            assertThat(slack.ephemerals("john.doe")).hasSize(5);
        }
    }

    @Test
    void aModalIsFilledInRefusedAtItsFieldAndAccepted() throws Exception {
        Consumer<App> handlers = app -> {
            app.command("/bastion", (_, context) -> {
                context.client()
                        .viewsOpen(open ->
                                open.triggerId(context.getTriggerId()).viewAsString(MODAL.formatted("Request")));
                return context.ack();
            });
            app.viewSubmission("request", (request, context) -> {
                String state =
                        request.getPayload().getView().getState().getValues().toString();
                heard.add(state);
                return heard.size() == 1 ? context.ackWithErrors(Map.of("why", "a ticket, please")) : context.ack();
            });
        };

        try (BoltClient _ = app(handlers)) {
            ActingUser john = slack.as("john.doe");
            john.command("/bastion", "create").acknowledged();
            ModalView modal = slack.modal("john.doe").orElseThrow();
            assertThatThrownBy(() -> john.submit(modal, Map.of())).hasMessageContaining("Environment");

            john.submit(modal, Map.of("environment", "dev")).acknowledged();
            assertThat(slack.modal("john.doe").orElseThrow().errors()).containsEntry("why", "a ticket, please");

            john.submit(modal, Map.of("environment", "dev", "reason", "INC-12")).acknowledged();
            assertThat(slack.modal("john.doe")).isEmpty();
            assertThat(heard.getFirst()).contains("value=dev", "value=none");
            assertThat(heard.getLast()).contains("value=INC-12");
        }
    }

    @Test
    void aTriggerOpensOneModal() throws Exception {
        Consumer<App> handlers = app -> app.command("/bastion", (_, context) -> {
            for (String title : List.of("first", "second")) {
                var opened = context.client()
                        .viewsOpen(
                                open -> open.triggerId(context.getTriggerId()).viewAsString(MODAL.formatted(title)));
                heard.add(opened.isOk() ? "ok" : opened.getError());
            }
            return context.ack();
        });

        try (BoltClient _ = app(handlers)) {
            slack.as("john.doe").command("/bastion", "create").acknowledged();

            assertThat(heard).containsExactly("ok", "exchanged_trigger_id");
            assertThat(slack.modal("john.doe").orElseThrow().title()).isEqualTo("first");
        }
    }

    @Test
    void theHomeIsPublishedWhenItIsOpened() throws Exception {
        Consumer<App> handlers = app -> app.event(AppHomeOpenedEvent.class, (event, context) -> {
            context.client()
                    .viewsPublish(publish ->
                            publish.userId(event.getEvent().getUser()).viewAsString("""
                    {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Open grants"}}]}"""));
            return context.ack();
        });

        try (BoltClient _ = app(handlers)) {
            slack.as("john.doe").openHome().orElseThrow().acknowledged();

            assertThat(slack.home("john.doe").orElseThrow().blocks()).hasSize(1);
            assertThat(slack.home("jane.roe")).isEmpty();
        }
    }
}
