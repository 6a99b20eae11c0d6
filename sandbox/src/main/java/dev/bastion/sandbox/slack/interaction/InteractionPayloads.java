package dev.bastion.sandbox.slack.interaction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.blocks.Mrkdwn;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.model.AppIdentity;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.time.Instant;

/**
 * The payloads of envelopes.
 *
 * @see <a href="https://docs.slack.dev/reference/interaction-payloads">Interaction payloads</a>
 */
public record InteractionPayloads(WorkspaceState workspace) {
    private static final String VERIFICATION = "sandbox-verification";

    ObjectNode command(SlackUser user, Conversation channel, String command, String text, String responseUrl) {
        ObjectNode payload = Json.object().put("token", VERIFICATION).put("team_id", app().team());
        payload.put("team_domain", app().domain());
        payload.put("channel_id", channel.id());
        payload.put("channel_name", channel.direct() ? "directmessage" : channel.name());
        payload.put("user_id", user.id()).put("user_name", user.name());
        payload.put("command", command).put("text", Mrkdwn.escape(text)).put("api_app_id", app().app());
        payload.put("is_enterprise_install", "false").put("response_url", responseUrl);
        return payload.put("trigger_id", workspace.triggers().issue(user.id()));
    }

    /** A click or choice in a message. */
    ObjectNode onMessage(SlackUser user, Conversation channel, Message message, ArrayNode actions, String responseUrl) {
        ObjectNode payload = interaction("block_actions", user);
        payload.putObject("container")
                .put("type", "message")
                .put("message_ts", message.ts())
                .put("channel_id", channel.id())
                .put("is_ephemeral", message.isEphemeral());
        payload.putObject("channel")
                .put("id", channel.id())
                .put("name", channel.direct() ? "directmessage" : channel.name());
        payload.set("message", message.json(app(), true));
        payload.putObject("state").putObject("values");
        payload.put("response_url", responseUrl);
        return payload.set("actions", actions);
    }

    /** A click or choice in a modal or App Home. */
    ObjectNode onView(SlackUser user, ModalView view, ObjectNode values, ArrayNode actions) {
        ObjectNode payload = interaction("block_actions", user);
        payload.putObject("container").put("type", "view").put("view_id", view.id());
        payload.set("view", view.json(app(), values));
        return payload.set("actions", actions);
    }

    /** What a person typed into an external select of a modal. */
    ObjectNode suggestion(SlackUser user, ModalView view, String blockId, String actionId, String typed) {
        ObjectNode payload = interaction("block_suggestion", user);
        payload.remove("trigger_id");
        payload.putObject("container").put("type", "view").put("view_id", view.id());
        payload.put("block_id", blockId).put("action_id", actionId).put("value", typed);
        return payload.set("view", view.json(app(), Json.object()));
    }

    ObjectNode submission(SlackUser user, ModalView view, ObjectNode values) {
        ObjectNode payload = interaction("view_submission", user);
        payload.putArray("response_urls");
        return payload.set("view", view.json(app(), values));
    }

    ObjectNode closed(SlackUser user, ModalView view, boolean all) {
        ObjectNode payload = interaction("view_closed", user).put("is_cleared", all);
        payload.remove("trigger_id");
        return payload.set("view", view.json(app(), Json.object()));
    }

    ObjectNode shortcut(SlackUser user, String callback) {
        return interaction("shortcut", user)
                .put("callback_id", callback)
                .put("action_ts", workspace.ids().timestamp());
    }

    public ObjectNode event(ObjectNode event) {
        ObjectNode payload = Json.object().put("token", VERIFICATION).put("team_id", app().team());
        payload.put("api_app_id", app().app()).put("type", "event_callback");
        payload.put("event_id", workspace.ids().next("Ev"))
                .put("event_time", Instant.now().getEpochSecond());
        payload.put("is_ext_shared_channel", false);
        payload.putArray("authorizations")
                .addObject()
                .put("team_id", app().team())
                .put("user_id", app().botUser())
                .put("is_bot", true)
                .put("is_enterprise_install", false);
        return payload.set(
                "event", event.deepCopy().put("event_ts", workspace.ids().timestamp()));
    }

    private ObjectNode interaction(String type, SlackUser user) {
        ObjectNode payload = Json.object().put("type", type).put("token", VERIFICATION);
        payload.putObject("team").put("id", app().team()).put("domain", app().domain());
        payload.putObject("user")
                .put("id", user.id())
                .put("username", user.name())
                .put("name", user.name())
                .put("team_id", app().team());
        payload.put("api_app_id", app().app())
                .put("is_enterprise_install", false)
                .putNull("enterprise");
        return payload.put("trigger_id", workspace.triggers().issue(user.id()));
    }

    private AppIdentity app() {
        return workspace.app();
    }
}
