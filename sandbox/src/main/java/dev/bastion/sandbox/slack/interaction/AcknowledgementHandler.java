package dev.bastion.sandbox.slack.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.api.ResponseUrlHandler;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.blocks.Mrkdwn;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.conversation.Conversations;
import dev.bastion.sandbox.slack.conversation.ResponseUrls;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.socket.Envelope;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handler of acknowledgements: shows the person what the app answered, or that it did not. */
final class AcknowledgementHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgementHandler.class);
    private static final String SLACKBOT = "USLACKBOT";

    private final WorkspaceState workspace;
    private final ResponseUrlHandler responses;

    AcknowledgementHandler(WorkspaceState workspace) {
        this.workspace = workspace;
        this.responses = new ResponseUrlHandler(workspace);
    }

    private record Reaction(Consumer<JsonNode> onAcknowledged, Consumer<String> onFailed)
            implements Envelope.AcknowledgementListener {
        @Override
        public void acknowledged(JsonNode payload) {
            try {
                onAcknowledged.accept(payload);
            } catch (SlackException refused) {
                LOG.warn("the payload of an acknowledgement was refused: {}", refused.getMessage());
            }
        }

        @Override
        public void failed(String error) {
            onFailed.accept(error);
        }
    }

    Envelope.AcknowledgementListener toCommand(ResponseUrls.Target target, String command) {
        return new Reaction(
                payload -> {
                    if (payload.has("text") || payload.has("blocks")) {
                        responses.say(
                                target,
                                new ApiRequest("acknowledgement", Json.copy(payload), ApiRequest.Caller.BOT, ""));
                    }
                },
                error -> sayAsSlackbot(target, command + " failed with the error \"" + error + "\""));
    }

    Envelope.AcknowledgementListener toClick(ResponseUrls.Target target, Blocks.FoundElement placed) {
        return new Reaction(
                payload -> {},
                error -> sayAsSlackbot(
                        target,
                        "\"" + placed.element().path("text").path("text").asText(placed.actionId())
                                + "\" failed with the error \"" + error + "\""));
    }

    Envelope.AcknowledgementListener toView(ModalView view) {
        return new Reaction(payload -> {}, error -> fault(view));
    }

    /** Slack takes at most a hundred options, of the usual form. */
    Envelope.AcknowledgementListener toSearch(ModalView view, String actionId) {
        return new Reaction(
                payload -> workspace
                        .views()
                        .find(view.id())
                        .ifPresent(now -> workspace
                                .views()
                                .replace(now.withSuggestions(actionId, OptionsValidator.checked(payload)))),
                error -> fault(view));
    }

    Envelope.AcknowledgementListener toSubmission(ModalView view) {
        return new Reaction(payload -> submitted(view, payload), error -> fault(view));
    }

    private void submitted(ModalView view, JsonNode payload) {
        switch (payload.path("response_action").asText("close")) {
            case "errors" -> workspace.views().replace(view.withErrors(errors(payload.path("errors"))));
            case "update" -> workspace.views().update(view, payload.path("view"));
            case "push" -> workspace.views().open(view.user(), payload.path("view"), true);
            case "clear" -> workspace.views().closeAll(view.user());
            default -> workspace.views().close(view);
        }
    }

    private static Map<String, String> errors(JsonNode byBlock) {
        Map<String, String> errors = new HashMap<>();
        byBlock.properties()
                .forEach(error -> errors.put(error.getKey(), error.getValue().asText()));
        return errors;
    }

    private void fault(ModalView view) {
        workspace.views().replace(view.withProblem("We had some trouble connecting. Try again?"));
    }

    private void sayAsSlackbot(ResponseUrls.Target target, String text) {
        Conversations.MessageContent content =
                new Conversations.MessageContent(Mrkdwn.escape(text), Json.array(), emptyMetadata());
        workspace
                .conversations()
                .post(target.channel(), SLACKBOT, content, Optional.empty(), Optional.of(target.user()));
    }

    private static ObjectNode emptyMetadata() {
        return Json.object();
    }
}
