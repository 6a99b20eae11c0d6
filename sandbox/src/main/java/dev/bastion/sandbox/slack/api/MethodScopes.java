package dev.bastion.sandbox.slack.api;

import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scopes that each method accepts, of which one is enough; for a conversation, the one of its kind.
 *
 * @see <a href="https://docs.slack.dev/reference/scopes">Slack's list</a>
 */
final class MethodScopes {
    private static final List<String> NONE = List.of();
    private static final List<String> WRITE = List.of("chat:write");
    private static final List<String> HISTORY =
            List.of("channels:history", "groups:history", "im:history", "mpim:history");
    private static final List<String> READ = List.of("channels:read", "groups:read", "im:read", "mpim:read");
    /** By the type of conversation that a list asks for. */
    private static final Map<String, String> LISTED = Map.of(
            "public_channel", "channels:read",
            "private_channel", "groups:read",
            "mpim", "mpim:read",
            "im", "im:read");

    private static final List<String> OPEN = List.of("channels:manage", "groups:write", "im:write", "mpim:write");

    private static final Map<String, List<String>> ACCEPTED = Map.ofEntries(
            Map.entry("apps.connections.open", List.of("connections:write")),
            Map.entry("auth.test", NONE),
            Map.entry("chat.delete", WRITE),
            Map.entry("chat.getPermalink", NONE),
            Map.entry("chat.postEphemeral", WRITE),
            Map.entry("chat.postMessage", WRITE),
            Map.entry("chat.update", WRITE),
            Map.entry("conversations.history", HISTORY),
            Map.entry("conversations.info", READ),
            Map.entry("conversations.open", OPEN),
            Map.entry("conversations.replies", HISTORY),
            Map.entry("usergroups.users.list", List.of("usergroups:read")),
            Map.entry("users.conversations", READ),
            Map.entry("users.info", List.of("users:read")),
            Map.entry("users.list", List.of("users:read")),
            Map.entry("views.open", NONE),
            Map.entry("views.publish", NONE),
            Map.entry("views.push", NONE),
            Map.entry("views.update", NONE));

    private final WorkspaceState workspace;

    MethodScopes(WorkspaceState workspace) {
        this.workspace = workspace;
    }

    /** All scopes that the method accepts for one conversation or another; empty where it needs none. */
    static List<String> accepted(String method) {
        return ACCEPTED.getOrDefault(method, NONE);
    }

    /** The scope that this call needs and the token has not. */
    Optional<String> missing(ApiRequest request, List<String> provided) {
        List<String> accepted = needed(request);
        return accepted.isEmpty() || accepted.stream().anyMatch(provided::contains)
                ? Optional.empty()
                : Optional.of(String.join(",", accepted));
    }

    private List<String> needed(ApiRequest request) {
        List<String> accepted = accepted(request.method());
        if (accepted.equals(OPEN) && request.has("users")) {
            return List.of("im:write");
        }
        if (request.method().equals("users.conversations")) {
            return List.of(LISTED.getOrDefault(request.text("types").orElse("public_channel"), "im:read"));
        }
        boolean ofAConversation = accepted.equals(HISTORY) || accepted.equals(READ);
        return request.text("channel")
                .filter(channel -> ofAConversation)
                .flatMap(workspace.conversations()::find)
                .map(conversation -> List.of(accepted.get(kind(conversation))))
                .orElse(accepted);
    }

    /** The place of its kind in the lists above. */
    private static int kind(Conversation conversation) {
        if (conversation.direct()) {
            return 2;
        }
        return conversation.isPrivate() ? 1 : 0;
    }
}
