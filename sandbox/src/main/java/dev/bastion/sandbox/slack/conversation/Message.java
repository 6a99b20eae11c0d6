package dev.bastion.sandbox.slack.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.model.AppIdentity;
import dev.bastion.sandbox.slack.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message in its current version.
 *
 * @param ts what Slack names it by within its conversation: {@code 1736937000.000100}
 * @param author user id of who wrote it; the app's bot user for the app
 * @param text mrkdwn, escaped as Slack stores it
 * @param blocks Block Kit, empty for a plain message
 * @param metadata {@code {event_type, event_payload}}, or an empty object
 * @param thread the ts of the message it answers
 * @param onlyFor the one person who sees it, when it is ephemeral
 * @param versions all its versions, oldest first
 */
public record Message(
        String channel,
        String ts,
        String author,
        String text,
        ArrayNode blocks,
        ObjectNode metadata,
        Optional<String> thread,
        Optional<String> onlyFor,
        List<MessageVersion> versions) {
    public Message {
        versions = List.copyOf(versions);
    }

    public boolean wasEdited() {
        return versions.size() > 1;
    }

    public boolean isEphemeral() {
        return onlyFor.isPresent();
    }

    /** Everything a reader sees, as plain text: the text, then each text of its blocks, one a line. */
    public String readable() {
        StringBuilder said = new StringBuilder(text);
        Blocks.texts(blocks).forEach(line -> said.append('\n').append(line));
        return said.toString();
    }

    /** Action ids of its buttons and menus, in reading order. */
    public List<String> actions() {
        return Blocks.elements(blocks).stream()
                .map(element -> element.element().path("action_id").asText())
                .toList();
    }

    /** The message with a new version. */
    Message content(MessageVersion version) {
        List<MessageVersion> all = new ArrayList<>(versions);
        all.add(version);
        return new Message(
                channel, ts, author, version.text(), version.blocks(), version.metadata(), thread, onlyFor, all);
    }

    /** As {@code conversations.history} tells; {@code bot} is the app's bot user. */
    public ObjectNode json(AppIdentity app, boolean withMetadata) {
        ObjectNode message = Json.object();
        message.put("type", "message").put("user", author).put("text", text).put("ts", ts);
        message.put("team", app.team());
        if (author.equals(app.botUser())) {
            message.put("bot_id", app.bot()).put("app_id", app.app());
        }
        message.set("blocks", blocks.deepCopy());
        thread.ifPresent(parent -> message.put("thread_ts", parent));
        if (wasEdited()) {
            message.putObject("edited")
                    .put("user", author)
                    .put("ts", versions.getLast().ts());
        }
        if (withMetadata && !metadata.isEmpty()) {
            message.set("metadata", metadata.deepCopy());
        }
        return message;
    }

    /** What is under a key of the metadata's payload, as text. */
    public Optional<String> metadata(String key) {
        JsonNode payload = metadata.path("event_payload");
        return Json.text(payload, key);
    }
}
