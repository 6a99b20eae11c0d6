package dev.bastion.sandbox.slack.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.blocks.BlockValidator;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.blocks.Mrkdwn;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Conversations;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.util.Map;
import java.util.Optional;

/** The methods {@code chat.*}. */
final class ChatMethods {
    /** Slack cuts or refuses longer texts of a post; an update may be a tenth of that. */
    private static final int LONGEST_POST = 40_000;

    private static final int LONGEST_UPDATE = 4_000;

    private final WorkspaceState workspace;
    private final ConversationLookup places;
    private final Contents contents;

    ChatMethods(WorkspaceState workspace) {
        this.workspace = workspace;
        this.places = new ConversationLookup(workspace);
        this.contents = new Contents(workspace.ids());
    }

    Map<String, ApiMethod> methods() {
        return Map.of(
                "chat.postMessage", this::post,
                "chat.postEphemeral", this::postEphemeral,
                "chat.update", this::update,
                "chat.delete", this::delete,
                "chat.getPermalink", this::permalink);
    }

    private ObjectNode post(ApiRequest request) {
        Conversation channel = places.writable(request.required("channel", "channel_not_found"));
        Conversations.MessageContent content = contents.of(request, LONGEST_POST);
        Message message = workspace
                .conversations()
                .post(channel.id(), workspace.app().botUser(), content, request.text("thread_ts"), Optional.empty());
        ObjectNode response = Json.object().put("channel", channel.id()).put("ts", message.ts());
        return response.set("message", message.json(workspace.app(), true));
    }

    private ObjectNode postEphemeral(ApiRequest request) {
        Conversation channel = places.writable(request.required("channel", "channel_not_found"));
        String user = request.required("user", "user_not_found");
        if (workspace.people().find(user).isEmpty()) {
            throw new SlackException("user_not_found");
        }
        if (!channel.members().contains(user)) {
            throw new SlackException("user_not_in_channel");
        }
        Conversations.MessageContent content = contents.of(request, LONGEST_POST);
        Message message = workspace
                .conversations()
                .post(channel.id(), workspace.app().botUser(), content, request.text("thread_ts"), Optional.of(user));
        return Json.object().put("message_ts", message.ts());
    }

    private ObjectNode update(ApiRequest request) {
        Message message = own(request, "cant_update_message", "is_inactive");
        Conversations.MessageContent content = changed(message, request);
        Message edited = workspace.conversations().edit(message, content);
        ObjectNode response = Json.object().put("channel", message.channel()).put("ts", message.ts());
        response.put("text", edited.text());
        return response.set("message", edited.json(workspace.app(), true));
    }

    /** What an update leaves out stays as it was. */
    private Conversations.MessageContent changed(Message message, ApiRequest request) {
        if (!request.has("text") && !request.has("blocks")) {
            throw new SlackException("no_text");
        }
        String text = request.has("text") ? contents.text(request, LONGEST_UPDATE) : message.text();
        ArrayNode blocks = request.has("blocks") ? contents.blocks(request) : message.blocks();
        ObjectNode metadata = request.has("metadata") ? contents.metadata(request) : message.metadata();
        return new Conversations.MessageContent(text, blocks, metadata);
    }

    private ObjectNode delete(ApiRequest request) {
        // unsure: Slack's page of chat.delete names no error for an archived channel
        Message message = own(request, "cant_delete_message", "is_archived");
        workspace.conversations().delete(message);
        return Json.object().put("channel", message.channel()).put("ts", message.ts());
    }

    private ObjectNode permalink(ApiRequest request) {
        Conversation channel = places.readable(request.required("channel", "channel_not_found"));
        String ts = request.required("message_ts", "message_not_found");
        if (workspace.conversations().find(channel.id(), ts).isEmpty()) {
            throw new SlackException("message_not_found");
        }
        String link = "https://" + workspace.app().domain() + ".slack.com/archives/" + channel.id() + "/p"
                + ts.replace(".", "");
        return Json.object().put("channel", channel.id()).put("permalink", link);
    }

    private Message own(ApiRequest request, String errorForOthers, String errorWhenArchived) {
        Conversation channel = places.writable(request.required("channel", "channel_not_found"), errorWhenArchived);
        Message message = workspace
                .conversations()
                .find(channel.id(), request.required("ts", "message_not_found"))
                .filter(found -> !found.isEphemeral())
                .orElseThrow(() -> new SlackException("message_not_found"));
        if (!message.author().equals(workspace.app().botUser())) {
            throw new SlackException(errorForOthers);
        }
        return message;
    }

    /** Reads the content of a message from a request. */
    record Contents(Ids ids) {
        Conversations.MessageContent of(ApiRequest request, int longest) {
            if (!request.has("text") && !request.has("blocks")) {
                throw new SlackException("no_text");
            }
            return new Conversations.MessageContent(text(request, longest), blocks(request), metadata(request));
        }

        String text(ApiRequest request, int longest) {
            String text = request.text("text").orElse("");
            if (text.length() > longest) {
                throw new SlackException("msg_too_long");
            }
            return Mrkdwn.stored(text);
        }

        ArrayNode blocks(ApiRequest request) {
            JsonNode blocks = request.json("blocks", "invalid_blocks_format");
            if (blocks.isMissingNode()) {
                return Json.array();
            }
            var problems = BlockValidator.problems(blocks, BlockValidator.IN_MESSAGE, "/blocks");
            if (!problems.isEmpty()) {
                throw new SlackException("invalid_blocks", problems);
            }
            return Blocks.stored(blocks, ids);
        }

        ObjectNode metadata(ApiRequest request) {
            JsonNode metadata = request.json("metadata", "invalid_metadata_format");
            boolean complete = metadata.path("event_type").isTextual()
                    && metadata.path("event_payload").isObject();
            if (!metadata.isMissingNode() && !metadata.isEmpty() && !complete) {
                throw new SlackException("invalid_metadata_schema");
            }
            return Json.copy(metadata);
        }
    }
}
