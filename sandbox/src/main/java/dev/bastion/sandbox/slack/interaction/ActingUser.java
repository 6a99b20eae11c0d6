package dev.bastion.sandbox.slack.interaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.blocks.Mrkdwn;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Conversations;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.ResponseUrls;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.socket.Delivery;
import dev.bastion.sandbox.slack.socket.Envelope;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person using Slack: types, clicks, submits. A method returns when the interaction is sent; {@link Delivery} holds its
 * result.
 */
public final class ActingUser {
    private final WorkspaceState workspace;
    private final InteractionPayloads payloads;
    private final AcknowledgementHandler reactions;
    private final SlackUser user;
    private final String channel;

    public ActingUser(WorkspaceState workspace, SlackUser user, String channel) {
        this.workspace = workspace;
        this.payloads = new InteractionPayloads(workspace);
        this.reactions = new AcknowledgementHandler(workspace);
        this.user = user;
        this.channel = channel;
    }

    public SlackUser user() {
        return user;
    }

    /** The same person in another conversation, by its id. */
    public ActingUser in(String conversation) {
        return new ActingUser(workspace, user, conversation);
    }

    /** Types a slash command: {@code command("/bastion", "create dev 2h")}. */
    public Delivery command(String command, String text) {
        ResponseUrls.Target target = new ResponseUrls.Target(user.id(), channel, Optional.empty());
        String url = workspace.responseUrls().issue(target);
        ObjectNode payload = payloads.command(user, here(), command, text, url);
        return workspace.socketMode().deliver("slash_commands", payload, reactions.toCommand(target, command));
    }

    /** Types a message that is not a command; the app does not receive it. */
    public Message say(String text) {
        return workspace
                .conversations()
                .post(
                        channel,
                        user.id(),
                        Conversations.MessageContent.plain(Mrkdwn.escape(text)),
                        Optional.empty(),
                        Optional.empty());
    }

    /** Clicks a button of a message. */
    public Delivery click(Message message, String actionId) {
        return actOn(message, actionId, Optional.empty());
    }

    /** Chooses in a menu of a message; {@code value} is the option's. */
    public Delivery choose(Message message, String actionId, String value) {
        return actOn(message, actionId, Optional.of(value));
    }

    /** Clicks or chooses inside a modal or a home; {@code values} is what is entered elsewhere in it, by action id. */
    public Delivery act(ModalView view, String actionId, Map<String, String> values) {
        return act(view, Optional.empty(), actionId, values);
    }

    /** @param block the id of the block, where several blocks have an element with this action id */
    public Delivery act(ModalView view, Optional<String> block, String actionId, Map<String, String> values) {
        Blocks.FoundElement placed = Blocks.elements(view.blocks()).stream()
                .filter(element -> element.actionId().equals(actionId))
                .filter(element ->
                        block.filter(id -> !id.equals(element.blockId())).isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no element " + actionId));
        Optional<String> value = Optional.ofNullable(values.get(actionId));
        ArrayNode actions = one(InputValues.withSuggestions(view, placed), value);
        ObjectNode payload = payloads.onView(user, view, InputValues.state(view, values), actions);
        return workspace.socketMode().deliver("interactive", payload, reactions.toView(view));
    }

    /** Types into an external select of a modal; its options are those that the app answers. */
    public Delivery search(ModalView view, String actionId, String typed) {
        Blocks.FoundElement placed = placed(view.blocks(), actionId);
        if (!placed.type().equals("external_select")) {
            throw new IllegalArgumentException(actionId + " is a " + placed.type() + ", which is not searched");
        }
        ObjectNode payload = payloads.suggestion(user, view, placed.blockId(), actionId, typed);
        return workspace.socketMode().deliver("interactive", payload, reactions.toSearch(view, actionId));
    }

    /**
     * Submits the modal; {@code values} by action id, as {@link InputValues} reads them; what is left out keeps its initial
     * value. Fails when something required is empty: Slack would not send that either.
     */
    public Delivery submit(ModalView view, Map<String, String> values) {
        ObjectNode state = InputValues.state(view, values);
        List<String> missing = InputValues.missing(view, state);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("required inputs are empty: " + missing);
        }
        return workspace
                .socketMode()
                .deliver("interactive", payloads.submission(user, view, state), reactions.toSubmission(view));
    }

    /** Closes the modal; the app is notified if it asked for that. */
    public void close(ModalView view) {
        workspace.views().close(view);
        if (view.view().path("notify_on_close").asBoolean()) {
            workspace
                    .socketMode()
                    .deliver(
                            "interactive",
                            payloads.closed(user, view, false),
                            Envelope.AcknowledgementListener.nothing());
        }
    }

    /** Uses a global shortcut. */
    public Delivery shortcut(String callbackId) {
        return workspace
                .socketMode()
                .deliver(
                        "interactive", payloads.shortcut(user, callbackId), Envelope.AcknowledgementListener.nothing());
    }

    /** Opens the app's home; empty where the app has none, or is not told. */
    public Optional<Delivery> openHome() {
        if (!workspace.manifest().tellsOfHome()) {
            return Optional.empty();
        }
        ObjectNode event = Json.object()
                .put("type", "app_home_opened")
                .put("user", user.id())
                .put("tab", "home");
        event.put("channel", workspace.conversations().direct(user.id()).id());
        workspace
                .views()
                .home(user.id())
                .ifPresent(home -> event.set("view", home.json(workspace.app(), Json.object())));
        return Optional.of(workspace
                .socketMode()
                .deliver("events_api", payloads.event(event), Envelope.AcknowledgementListener.nothing()));
    }

    private Delivery actOn(Message shown, String actionId, Optional<String> value) {
        Message message =
                workspace.conversations().find(shown.channel(), shown.ts()).orElse(shown);
        Blocks.FoundElement placed = placed(message.blocks(), actionId);
        ResponseUrls.Target target = new ResponseUrls.Target(user.id(), message.channel(), Optional.of(message));
        Conversation where = workspace.conversations().find(message.channel()).orElseThrow();
        ObjectNode payload = payloads.onMessage(
                user,
                where,
                message,
                one(placed, value),
                workspace.responseUrls().issue(target));
        return workspace.socketMode().deliver("interactive", payload, reactions.toClick(target, placed));
    }

    private ArrayNode one(Blocks.FoundElement placed, Optional<String> value) {
        return Json.array()
                .add(InputValues.action(placed, value, workspace.ids().timestamp()));
    }

    private static Blocks.FoundElement placed(ArrayNode blocks, String actionId) {
        return Blocks.element(blocks, actionId)
                .orElseThrow(() -> new IllegalArgumentException("there is no element " + actionId + "; there are "
                        + Blocks.elements(blocks).stream()
                                .map(Blocks.FoundElement::actionId)
                                .toList()));
    }

    private Conversation here() {
        return workspace
                .conversations()
                .find(channel)
                .orElseThrow(() -> new IllegalArgumentException("there is no conversation " + channel));
    }
}
