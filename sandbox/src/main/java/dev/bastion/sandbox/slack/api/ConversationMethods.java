package dev.bastion.sandbox.slack.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The methods {@code conversations.*}. */
final class ConversationMethods {
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 999;
    private static final String CURSOR = "next_ts:";

    private final WorkspaceState workspace;
    private final ConversationLookup places;

    ConversationMethods(WorkspaceState workspace) {
        this.workspace = workspace;
        this.places = new ConversationLookup(workspace);
    }

    Map<String, ApiMethod> methods() {
        return Map.of(
                "conversations.open", this::open,
                "conversations.info", this::info,
                "users.conversations", this::ofTheApp,
                "conversations.history", this::history,
                "conversations.replies", this::replies);
    }

    private ObjectNode open(ApiRequest request) {
        if (request.has("channel")) {
            Conversation known = places.readable(request.required("channel", "channel_not_found"));
            return Json.object().set("channel", known.json(workspace.app()));
        }
        String users = request.required("users", "users_list_not_supplied");
        if (users.contains(",")) {
            throw new SlackException("not_enough_users");
        }
        Conversation direct = places.direct(users);
        return Json.object().set("channel", Json.object().put("id", direct.id()));
    }

    private ObjectNode info(ApiRequest request) {
        Conversation channel = places.readable(request.required("channel", "channel_not_found"));
        return Json.object().set("channel", channel.json(workspace.app()));
    }

    /** The direct conversations of the app, a page of them; lists of channels are not implemented. */
    private ObjectNode ofTheApp(ApiRequest request) {
        if (!request.text("types").equals(Optional.of("im"))) {
            throw new SlackException("invalid_types");
        }
        List<Conversation> all = workspace.conversations().all().stream()
                .filter(Conversation::direct)
                .toList();
        int from = request.text("cursor")
                .map(ConversationMethods::position)
                .filter(at -> at.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
        int to = Math.min(all.size(), from + Math.clamp(request.number("limit", USUAL_PAGE), 1, LARGEST_PAGE));
        ArrayNode channels = Json.array();
        all.subList(Math.min(from, to), to).forEach(channel -> channels.add(channel.json(workspace.app())));
        ObjectNode response = Json.object();
        response.putObject("response_metadata").put("next_cursor", to < all.size() ? cursor(Integer.toString(to)) : "");
        return response.set("channels", channels);
    }

    private ObjectNode history(ApiRequest request) {
        ObjectNode page = page(request, message -> message.thread().isEmpty());
        Conversation channel = places.joined(request.required("channel", "channel_not_found"));
        if (channel.isArchived() && isNewestPage(request)) {
            ((ArrayNode) page.get("messages")).insert(0, archival(channel));
        }
        return page;
    }

    private static boolean isNewestPage(ApiRequest request) {
        return request.text("cursor").isEmpty() && request.text("latest").isEmpty();
    }

    /** The message with which Slack ends an archived channel. */
    private static ObjectNode archival(Conversation channel) {
        return Json.object()
                .put("type", "message")
                .put("subtype", channel.isPrivate() ? "group_archive" : "channel_archive")
                .put("text", "archived the channel");
    }

    private ObjectNode replies(ApiRequest request) {
        String ts = request.required("ts", "thread_not_found");
        return page(
                request,
                message -> message.ts().equals(ts)
                        || message.thread().filter(ts::equals).isPresent());
    }

    /** Newest first, a page of them. */
    private ObjectNode page(ApiRequest request, Predicate<Message> wanted) {
        Conversation channel = places.joined(request.required("channel", "channel_not_found"));
        List<Message> found = workspace
                .conversations()
                .messages(
                        channel.id(),
                        message -> !message.isEphemeral() && wanted.test(message) && inRange(message, request))
                .reversed();
        int size = Math.clamp(request.number("limit", USUAL_PAGE), 1, LARGEST_PAGE);
        boolean more = found.size() > size;
        ArrayNode messages = Json.array();
        found.stream()
                .limit(size)
                .map(message -> message.json(workspace.app(), request.flag("include_all_metadata")))
                .forEach(messages::add);
        ObjectNode response = Json.object().put("has_more", more);
        response.putObject("response_metadata")
                .put("next_cursor", more ? cursor(found.get(size - 1).ts()) : "");
        return response.set("messages", messages);
    }

    private static boolean inRange(Message message, ApiRequest request) {
        boolean inclusive = request.flag("inclusive");
        return request.text("latest")
                        .map(latest -> below(message.ts(), latest, inclusive))
                        .orElse(true)
                && request.text("oldest")
                        .map(oldest -> below(oldest, message.ts(), inclusive))
                        .orElse(true)
                && request.text("cursor")
                        .map(cursor -> below(message.ts(), position(cursor), false))
                        .orElse(true);
    }

    private static boolean below(String ts, String limit, boolean inclusive) {
        int order = new BigDecimal(ts).compareTo(new BigDecimal(limit));
        return inclusive ? order <= 0 : order < 0;
    }

    private static String cursor(String position) {
        return Base64.getEncoder().encodeToString((CURSOR + position).getBytes(StandardCharsets.UTF_8));
    }

    private static String position(String cursor) {
        try {
            String decoded = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (decoded.startsWith(CURSOR)) {
                return decoded.substring(CURSOR.length());
            }
        } catch (IllegalArgumentException notBase64) {
            // answered below, as any other cursor that is none of ours
        }
        throw new SlackException("invalid_cursor");
    }
}
