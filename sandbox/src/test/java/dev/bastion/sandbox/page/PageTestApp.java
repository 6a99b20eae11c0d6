package dev.bastion.sandbox.page;

import com.slack.api.app_backend.interactive_components.response.Option;
import com.slack.api.bolt.App;
import com.slack.api.bolt.context.Context;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.response.Response;
import com.slack.api.methods.SlackApiException;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A small app with one of everything that the page has to show. */
final class PageTestApp {
    private PageTestApp() {}

    static void handlers(App app) {
        app.command("/bastion", (request, context) -> switch (request.getPayload()
                .getText()) {
            case "create" -> {
                context.client()
                        .viewsOpen(
                                open -> open.triggerId(context.getTriggerId()).viewAsString(modal()));
                yield context.ack();
            }
            case "search" -> {
                context.client()
                        .viewsOpen(
                                open -> open.triggerId(context.getTriggerId()).viewAsString(search("null", "")));
                yield context.ack();
            }
            case "silence" -> Response.error(500);
            default -> posted(request, context);
        });
        app.blockAction("end", (_, context) -> {
            context.respond(answer -> answer.text("ended").replaceOriginal(true));
            return context.ack();
        });
        app.event(AppHomeOpenedEvent.class, (payload, context) -> {
            context.client()
                    .viewsPublish(publish ->
                            publish.userId(payload.getEvent().getUser()).viewAsString(home("nothing yet")));
            return context.ack();
        });
        app.blockAction("take", (request, context) -> {
            String pressed = request.getPayload().getActions().getFirst().getValue();
            context.client()
                    .viewsPublish(publish -> publish.userId(
                                    request.getPayload().getUser().getId())
                            .viewAsString(home(pressed)));
            return context.ack();
        });
        app.blockSuggestion("place", (request, context) -> {
            String typed = request.getPayload().getValue();
            // the shorter the text, the later its answer: one that is asked for first would come last
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60L * Math.max(0, 8 - typed.length())));
            return context.ack(answer -> answer.options(IntStream.range(0, 150)
                    .mapToObj(number -> "team-" + number)
                    .filter(name -> name.contains(typed))
                    .limit(100)
                    .map(name -> Option.builder()
                            .text(PlainTextObject.builder().text(name).build())
                            .value(name)
                            .build())
                    .toList()));
        });
        app.blockAction("place", (request, context) -> {
            String chosen = request.getPayload()
                    .getActions()
                    .getFirst()
                    .getSelectedOption()
                    .getValue();
            View shown = request.getPayload().getView();
            context.client()
                    .viewsUpdate(update -> update.viewId(shown.getId())
                            .hash(shown.getHash())
                            .viewAsString(search(option(chosen), "at most 8h in " + chosen)));
            return context.ack();
        });
        app.blockAction("extend", (_, context) -> context.ack());
        app.viewSubmission("request", (request, context) -> {
            boolean refused = request.getPayload().getView().getState().getValues().values().stream()
                    .flatMap(block -> block.values().stream())
                    .anyMatch(entered -> String.valueOf(entered.getValue()).contains("fail"));
            return refused ? context.ackWithErrors(Map.of("why", "prod wants a ticket number here")) : context.ack();
        });
    }

    private static Response posted(SlashCommandRequest request, Context context) throws IOException, SlackApiException {
        String name = request.getPayload().getUserName();
        context.client()
                .chatPostMessage(post -> post.channel(request.getPayload().getChannelId())
                        .text("dev is ready for " + name)
                        .blocksAsString(ready(name)));
        return Response.builder()
                .statusCode(200)
                .contentType("application/json")
                .body("{\"text\": \"Asked for *dev*. I will tell you here: `"
                        + request.getPayload().getText() + "`\"}")
                .build();
    }

    private static String ready(String name) {
        long end = Instant.now().plusSeconds(7200).getEpochSecond();
        return """
            [{"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": \
            ":large_green_circle: *dev* is *ready* for <@U12345678> until <!date^%d^{time}|later> _(INC-12 slow &lt;query&gt;)_"}},
             {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Instance*\\ni-0abc12345678def90"},
               {"type": "mrkdwn", "text": "*Commit*\\n<https://example.com/c|0a1b2c3d>"}]},
             {"type": "section", "text": {"type": "mrkdwn", "text": "```aws ssm start-session --target i-0abc12345678def90```"}},
             {"type": "actions", "elements": [
               {"type": "button", "action_id": "extend", "text": {"type": "plain_text", "text": "Extend 3 h"}, "style": "primary", "value": "1"},
               {"type": "button", "action_id": "connect", "text": {"type": "plain_text", "text": "Connect"}},
               {"type": "button", "action_id": "end", "text": {"type": "plain_text", "text": "End now"}, "style": "danger",
                "confirm": {"title": {"type": "plain_text", "text": "End access to dev?"}, "text": {"type": "mrkdwn", "text": "Open sessions are *cut*."},
                            "confirm": {"type": "plain_text", "text": "End it"}, "deny": {"type": "plain_text", "text": "Keep it"}, "style": "danger"}}]},
             {"type": "divider"},
             {"type": "context", "elements": [{"type": "mrkdwn", "text": "asked for by %s · request `01JHR7Z9C0V6T1`"}]}]\
            """.formatted(end, name);
    }

    private static String home(String pressed) {
        return """
            {"type": "home", "blocks": [
              {"type": "header", "text": {"type": "plain_text", "text": "Your access"}},
              {"type": "section", "text": {"type": "mrkdwn", "text": "*dev* is closed"}, "accessory":
                {"type": "button", "action_id": "take", "value": "dev", "text": {"type": "plain_text", "text": "Request"}}},
              {"type": "section", "text": {"type": "mrkdwn", "text": "*prod* is closed"}, "accessory":
                {"type": "button", "action_id": "take", "value": "prod", "text": {"type": "plain_text", "text": "Request"}}},
              {"type": "context", "elements": [{"type": "mrkdwn", "text": "pressed: %s"}]}]}\
            """.formatted(pressed);
    }

    private static String option(String name) {
        return "{\"text\": {\"type\": \"plain_text\", \"text\": \"%1$s\"}, \"value\": \"%1$s\"}".formatted(name);
    }

    private static String search(String chosen, String rules) {
        String initial = chosen.equals("null") ? "" : ", \"initial_option\": " + chosen;
        String context = rules.isEmpty()
                ? ""
                : "{\"type\": \"context\", \"elements\": [{\"type\": \"mrkdwn\", \"text\": \"" + rules + "\"}]},";
        return """
            {"type": "modal", "callback_id": "request", "title": {"type": "plain_text", "text": "Request access"},
             "submit": {"type": "plain_text", "text": "Request"}, "blocks": [
              {"type": "input", "block_id": "where", "dispatch_action": true, "label": {"type": "plain_text", "text": "Environment"},
               "element": {"type": "external_select", "action_id": "place", "min_query_length": 0,
                 "placeholder": {"type": "plain_text", "text": "Search 150 environments"}%s}}, %s
              {"type": "input", "block_id": "why", "label": {"type": "plain_text", "text": "Reason"},
                "element": {"type": "plain_text_input", "action_id": "reason", "multiline": true}}]}\
            """.formatted(initial, context);
    }

    private static String modal() {
        return """
            {"type": "modal", "callback_id": "request", "title": {"type": "plain_text", "text": "Request access"},
             "submit": {"type": "plain_text", "text": "Request"}, "close": {"type": "plain_text", "text": "Cancel"},
             "blocks": [
              {"type": "input", "block_id": "where", "label": {"type": "plain_text", "text": "Environment"}, "element":
                {"type": "static_select", "action_id": "environment", "placeholder": {"type": "plain_text", "text": "Which one?"}, "options": [
                 {"text": {"type": "plain_text", "text": "dev"}, "value": "dev"}, {"text": {"type": "plain_text", "text": "prod"}, "value": "prod"}]}},
              {"type": "input", "block_id": "long", "label": {"type": "plain_text", "text": "For how long"}, "element":
                {"type": "radio_buttons", "action_id": "duration", "options": [
                 {"text": {"type": "plain_text", "text": "1 hour"}, "value": "1h"}, {"text": {"type": "plain_text", "text": "2 hours"}, "value": "2h"}],
                 "initial_option": {"text": {"type": "plain_text", "text": "2 hours"}, "value": "2h"}}},
              {"type": "input", "block_id": "why", "label": {"type": "plain_text", "text": "Reason"}, "hint": {"type": "plain_text", "text": "Ends up in the ledger for ever."},
                "element": {"type": "plain_text_input", "action_id": "reason", "multiline": true}}]}\
            """;
    }
}
