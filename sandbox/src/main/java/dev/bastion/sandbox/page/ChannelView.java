package dev.bastion.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.MessageVersion;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.view.ModalView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workspace as one person sees it. */
final class ChannelView {
    /** The page shows this many of a conversation's latest messages. */
    private static final int LATEST = 200;

    private final SlackWorkspace slack;

    ChannelView(SlackWorkspace slack) {
        this.slack = slack;
    }

    /** Everything one person's client shows. */
    record Seen(
            String me,
            String bot,
            int connections,
            List<SlackUser> people,
            List<Talk> conversations,
            @Nullable Modal modal,
            @Nullable Modal home) {}

    record Talk(String id, String name, boolean direct, int members, List<Said> messages) {}

    /** {@code edited} is 0 for a message that never was; {@code versions} counts from 1. */
    record Said(
            String channel,
            String ts,
            String author,
            Instant at,
            long edited,
            int versions,
            String text,
            JsonNode blocks,
            boolean ephemeral) {}

    record Version(Instant at, String text, JsonNode blocks) {}

    record Modal(String id, String hash, JsonNode view, Map<String, String> errors, String problem) {}

    Seen seenBy(String person) {
        SlackUser me = slack.as(person).user();
        return new Seen(
                me.id(),
                slack.bot(),
                slack.connections(),
                slack.people(),
                slack.conversations().stream()
                        .filter(conversation -> conversation.members().contains(me.id()))
                        .map(conversation -> talk(conversation, me))
                        .toList(),
                slack.modal(me.id()).map(ChannelView::modal).orElse(null),
                slack.home(me.id()).map(ChannelView::modal).orElse(null));
    }

    /** The versions of a message, oldest first. */
    List<Version> versions(String channel, String ts) {
        return slack.message(channel, ts).map(Message::versions).orElse(List.of()).stream()
                .map(version -> new Version(version.at(), version.text(), version.blocks()))
                .toList();
    }

    private Talk talk(Conversation conversation, SlackUser me) {
        Stream<Message> toMe = slack.ephemerals(me.id()).stream()
                .filter(message -> message.channel().equals(conversation.id()));
        List<Said> said = Stream.concat(slack.messages(conversation.id()).stream(), toMe)
                .sorted(Comparator.comparing(Message::ts))
                .map(ChannelView::said)
                .toList();
        List<Said> latest = said.subList(Math.max(0, said.size() - LATEST), said.size());
        return new Talk(
                conversation.id(),
                conversation.name(),
                conversation.direct(),
                conversation.members().size(),
                latest);
    }

    private static Said said(Message message) {
        MessageVersion first = message.versions().getFirst();
        MessageVersion last = message.versions().getLast();
        return new Said(
                message.channel(),
                message.ts(),
                message.author(),
                first.at(),
                message.wasEdited() ? last.at().toEpochMilli() : 0,
                message.versions().size(),
                message.text(),
                message.blocks(),
                message.isEphemeral());
    }

    private static Modal modal(ModalView view) {
        return new Modal(view.id(), view.hash(), view.view(), view.errors(), view.problem());
    }
}
