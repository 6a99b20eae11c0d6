package dev.bastion.sandbox.slack.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.AppIdentity;
import dev.bastion.sandbox.slack.model.Json;
import java.util.Set;

/**
 * A channel or a direct conversation.
 *
 * @param id {@code C…} or {@code D…}
 * @param name without {@code #}; for a direct one, the other person's id
 * @param members user ids, the app's bot user among them where the app was invited
 */
public record Conversation(
        String id, String name, boolean direct, Set<String> members, boolean isPrivate, boolean isArchived) {
    public Conversation {
        members = Set.copyOf(members);
    }

    /** A public channel or a direct conversation. */
    public Conversation(String id, String name, boolean direct, Set<String> members) {
        this(id, name, direct, members, false, false);
    }

    public boolean has(String user) {
        return members.contains(user);
    }

    /** The same with other members. */
    public Conversation with(Set<String> others) {
        return new Conversation(id, name, direct, others, isPrivate, isArchived);
    }

    public Conversation archived(boolean now) {
        return new Conversation(id, name, direct, members, isPrivate, now);
    }

    /** As {@code conversations.info} tells. */
    public ObjectNode json(AppIdentity app) {
        ObjectNode channel = Json.object().put("id", id).put("is_im", direct).put("is_channel", !direct);
        channel.put("is_archived", isArchived).put("is_private", isPrivate).put("is_member", has(app.botUser()));
        return direct ? channel.put("user", name) : channel.put("name", name).put("num_members", members.size());
    }
}
