package dev.bastion.sandbox.slack.api;

import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.util.Optional;

/** Lookup of the conversation that a method names: by id, by name or by the person in it. */
final class ConversationLookup {
    private final WorkspaceState workspace;

    ConversationLookup(WorkspaceState workspace) {
        this.workspace = workspace;
    }

    /** A conversation in which the app may write: a channel it is in and that is not archived, or a direct message. */
    Conversation writable(String named) {
        return writable(named, "is_archived");
    }

    /** @param errorWhenArchived Slack's methods have different ones */
    Conversation writable(String named, String errorWhenArchived) {
        Conversation place = joined(named);
        if (place.isArchived()) {
            throw new SlackException(errorWhenArchived);
        }
        return place;
    }

    /** A conversation that the app is in. */
    Conversation joined(String named) {
        Conversation place = named.startsWith("U") || named.startsWith("W") ? direct(named) : readable(named);
        if (!place.has(workspace.app().botUser())) {
            throw new SlackException("not_in_channel");
        }
        return place;
    }

    /** A conversation that the app can see: every public channel, and the private ones it is in. */
    Conversation readable(String named) {
        return known(named)
                .filter(channel ->
                        !channel.isPrivate() || channel.has(workspace.app().botUser()))
                .orElseThrow(() -> new SlackException("channel_not_found"));
    }

    private Optional<Conversation> known(String named) {
        return workspace
                .conversations()
                .find(named)
                .or(() -> workspace.conversations().named(named.replaceFirst("^#", "")));
    }

    /** The direct conversation with a user. */
    Conversation direct(String user) {
        SlackUser other = workspace.people().find(user).orElseThrow(() -> new SlackException("user_not_found"));
        return switch (other.kind()) {
            case BOT -> throw new SlackException("cannot_dm_bot");
            case DEACTIVATED -> throw new SlackException("user_disabled");
            case MEMBER, GUEST, STRANGER -> workspace.conversations().direct(user);
        };
    }
}
