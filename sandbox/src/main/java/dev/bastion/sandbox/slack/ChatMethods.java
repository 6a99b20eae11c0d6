package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** {@code chat.*}. */
final class ChatMethods {
    /** Slack cuts or refuses longer texts of a post; an update may be a tenth of that. */
    private static final int LONGEST_POST = 40_000;

    private static final int LONGEST_UPDATE = 4_000;

    private final Workspace workspace;
    private final Places places;
    private final Contents contents;

    ChatMethods(Workspace workspace) {
        this.workspace = workspace;
        this.places = new Places(workspace);
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
        Conversations.Saying saying = contents.of(request, LONGEST_POST);
        Message message = workspace
                .conversations()
                .post(channel.id(), workspace.app().botUser(), saying, request.text("thread_ts"), Optional.empty());
        ObjectNode response = Json.object().put("channel", channel.id()).put("ts", message.ts());
        return response.set("message", message.json(workspace.app(), true));
    }

    private ObjectNode postEphemeral(ApiRequest request) {
        Conversation channel = places.writable(request.required("channel", "channel_not_found"));
        String user = request.required("user", "user_not_found");
        if (workspace.people().find(user).isEmpty()) {
            throw new SlackError("user_not_found");
        }
        if (!channel.members().contains(user)) {
            throw new SlackError("user_not_in_channel");
        }
        Conversations.Saying saying = contents.of(request, LONGEST_POST);
        Message message = workspace
                .conversations()
                .post(channel.id(), workspace.app().botUser(), saying, request.text("thread_ts"), Optional.of(user));
        return Json.object().put("message_ts", message.ts());
    }

    private ObjectNode update(ApiRequest request) {
        Message message = own(request, "cant_update_message");
        Conversations.Saying saying = changed(message, request);
        Message edited = workspace.conversations().edit(message, saying);
        ObjectNode response = Json.object().put("channel", message.channel()).put("ts", message.ts());
        response.put("text", edited.text());
        return response.set("message", edited.json(workspace.app(), true));
    }

    /** What an update leaves out stays as it was. */
    private Conversations.Saying changed(Message message, ApiRequest request) {
        if (!request.has("text") && !request.has("blocks")) {
            throw new SlackError("no_text");
        }
        String text = request.has("text") ? contents.text(request, LONGEST_UPDATE) : message.text();
        ArrayNode blocks = request.has("blocks") ? contents.blocks(request) : message.blocks();
        ObjectNode metadata = request.has("metadata") ? contents.metadata(request) : message.metadata();
        return new Conversations.Saying(text, blocks, metadata);
    }

    private ObjectNode delete(ApiRequest request) {
        Message message = own(request, "cant_delete_message");
        workspace.conversations().delete(message);
        return Json.object().put("channel", message.channel()).put("ts", message.ts());
    }

    private ObjectNode permalink(ApiRequest request) {
        Conversation channel = places.readable(request.required("channel", "channel_not_found"));
        String ts = request.required("message_ts", "message_not_found");
        if (workspace.conversations().find(channel.id(), ts).isEmpty()) {
            throw new SlackError("message_not_found");
        }
        String link = "https://" + workspace.app().domain() + ".slack.com/archives/" + channel.id() + "/p"
                + ts.replace(".", "");
        return Json.object().put("channel", channel.id()).put("permalink", link);
    }

    private Message own(ApiRequest request, String errorForOthers) {
        Conversation channel = places.writable(request.required("channel", "channel_not_found"));
        Message message = workspace
                .conversations()
                .find(channel.id(), request.required("ts", "message_not_found"))
                .filter(found -> !found.isEphemeral())
                .orElseThrow(() -> new SlackError("message_not_found"));
        if (!message.author().equals(workspace.app().botUser())) {
            throw new SlackError(errorForOthers);
        }
        return message;
    }

    /** Reads what is to be said out of a request. */
    record Contents(Ids ids) {
        Conversations.Saying of(ApiRequest request, int longest) {
            if (!request.has("text") && !request.has("blocks")) {
                throw new SlackError("no_text");
            }
            return new Conversations.Saying(text(request, longest), blocks(request), metadata(request));
        }

        String text(ApiRequest request, int longest) {
            String text = request.text("text").orElse("");
            if (text.length() > longest) {
                throw new SlackError("msg_too_long");
            }
            return Mrkdwn.stored(text);
        }

        ArrayNode blocks(ApiRequest request) {
            JsonNode blocks = request.json("blocks", "invalid_blocks_format");
            if (blocks.isMissingNode()) {
                return Json.array();
            }
            var problems = BlockRules.problems(blocks, BlockRules.IN_MESSAGE, "/blocks");
            if (!problems.isEmpty()) {
                throw new SlackError("invalid_blocks", problems);
            }
            return Blocks.stored(blocks, ids);
        }

        ObjectNode metadata(ApiRequest request) {
            JsonNode metadata = request.json("metadata", "invalid_metadata_format");
            boolean complete = metadata.path("event_type").isTextual()
                    && metadata.path("event_payload").isObject();
            if (!metadata.isMissingNode() && !metadata.isEmpty() && !complete) {
                throw new SlackError("invalid_metadata_schema");
            }
            return Json.copy(metadata);
        }
    }
}
