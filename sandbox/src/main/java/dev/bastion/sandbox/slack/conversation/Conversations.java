package dev.bastion.sandbox.slack.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.Transcript;
import dev.bastion.sandbox.slack.model.AppIdentity;
import dev.bastion.sandbox.slack.model.ChangeListeners;
import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** All conversations and their messages. */
public final class Conversations {
    private final AppIdentity app;
    private final Ids ids;
    private final Transcript transcript;
    private final ChangeListeners feed;
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();
    /** By conversation, then by ts. */
    private final Map<String, Map<String, Message>> messages = new LinkedHashMap<>();

    public Conversations(AppIdentity app, Ids ids, Transcript transcript, ChangeListeners feed) {
        this.app = app;
        this.ids = ids;
        this.transcript = transcript;
        this.feed = feed;
    }

    /** The content of a message. */
    public record MessageContent(String text, ArrayNode blocks, ObjectNode metadata) {
        public static MessageContent plain(String text) {
            return new MessageContent(text, Json.array(), Json.object());
        }
    }

    public synchronized Conversation add(Conversation conversation) {
        conversations.put(conversation.id(), conversation);
        messages.computeIfAbsent(conversation.id(), none -> new LinkedHashMap<>());
        return conversation;
    }

    public synchronized Optional<Conversation> find(String id) {
        return Optional.ofNullable(conversations.get(id));
    }

    public synchronized Optional<Conversation> named(String name) {
        return conversations.values().stream()
                .filter(channel -> !channel.direct() && channel.name().equals(name))
                .findFirst();
    }

    public synchronized List<Conversation> all() {
        return List.copyOf(conversations.values());
    }

    /** The direct conversation of the app and a user, opened when there is none yet. */
    public synchronized Conversation direct(String user) {
        return conversations.values().stream()
                .filter(conversation ->
                        conversation.direct() && conversation.name().equals(user))
                .findFirst()
                .orElseGet(() -> add(new Conversation(ids.next("D"), user, true, Set.of(user, app.botUser()))));
    }

    public Message post(
            String channel, String author, MessageContent content, Optional<String> thread, Optional<String> onlyFor) {
        MessageVersion first = version(content);
        Message message = new Message(
                channel,
                first.ts(),
                author,
                content.text(),
                content.blocks(),
                content.metadata(),
                thread,
                onlyFor,
                List.of(first));
        put(message);
        record(message, onlyFor.isPresent() ? "ephemeral" : "post");
        return message;
    }

    public Message edit(Message message, MessageContent content) {
        Message edited = message.content(version(content));
        put(edited);
        record(edited, "edit");
        return edited;
    }

    public void delete(Message message) {
        synchronized (this) {
            messagesOf(message.channel()).remove(message.ts());
        }
        record(message, "delete");
    }

    public synchronized Optional<Message> find(String channel, String ts) {
        return Optional.ofNullable(messagesOf(channel).get(ts));
    }

    /** Those that pass, oldest first. */
    public synchronized List<Message> messages(String channel, Predicate<Message> wanted) {
        return messagesOf(channel).values().stream().filter(wanted).toList();
    }

    public synchronized List<Message> everywhere(Predicate<Message> wanted) {
        List<Message> found = new ArrayList<>();
        messages.keySet().forEach(channel -> found.addAll(messages(channel, wanted)));
        return found;
    }

    private Map<String, Message> messagesOf(String channel) {
        return messages.getOrDefault(channel, new LinkedHashMap<>());
    }

    private synchronized void put(Message message) {
        messagesOf(message.channel()).put(message.ts(), message);
    }

    private MessageVersion version(MessageContent content) {
        return new MessageVersion(ids.now(), ids.timestamp(), content.text(), content.blocks(), content.metadata());
    }

    private void record(Message message, String kind) {
        ObjectNode line = Json.object().put("kind", kind);
        line.put(
                "at",
                (kind.equals("delete")
                                ? ids.now()
                                : message.versions().getLast().at())
                        .toString());
        line.put("channel", message.channel()).put("version", message.versions().size());
        message.onlyFor().ifPresent(user -> line.put("only_for", user));
        line.set("message", message.json(app, true));
        transcript.add(line);
        feed.changed();
    }
}
