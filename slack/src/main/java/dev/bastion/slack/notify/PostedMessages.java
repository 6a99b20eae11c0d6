package dev.bastion.slack.notify;

import com.slack.api.model.Message;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our messages that Slack already has, found by their metadata: what a process that died posted is found again and not
 * posted twice. After a restart every grant of the last day is looked up, one by one, and their messages stand side by
 * side; so one lookup reads a page of the channel, which answers the next lookups too.
 */
final class PostedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(PostedMessages.class);
    /** Another process may edit them; and what this one edits, it knows better. */
    static final Duration FRESH = Duration.ofMinutes(1);

    private record Read(DisplayedMessage message, Instant at) {}

    private final SlackClient web;
    private final String channel;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AnnouncementRef, Read> pages = new HashMap<>();

    PostedMessages(SlackClient web, String channel, InstantSource clock) {
        this.web = web;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * The live message of the subject: as this process knows it, or else the one on record, or else the one whose metadata
     * names the request.
     */
    DisplayedMessage displayed(OutboxQueue queue, MessageSubject subject) {
        Optional<DisplayedMessage> known = queue.displayed();
        if (known.isPresent() && known.get().isOf(subject)) {
            return known.get();
        }
        DisplayedMessage found =
                subject.shownIn().flatMap(this::at).or(() -> search(subject)).orElse(DisplayedMessage.NOTHING);
        queue.learn(known, found);
        return found;
    }

    /** The same message, as it is in Slack now. */
    Optional<DisplayedMessage> readAgain(AnnouncementRef message) {
        lock.lock();
        try {
            pages.remove(message);
        } finally {
            lock.unlock();
        }
        return at(message);
    }

    private Optional<DisplayedMessage> at(AnnouncementRef message) {
        try {
            return onPage(message);
        } catch (SlackFailure e) {
            if (e.canBeRetried() || e.isSetupProblem()) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("message", message)
                    .addKeyValue("error", e.error())
                    .log("slack.message.unreadable");
            return Optional.empty();
        }
    }

    /** Concurrent callers wait for the same page. */
    private Optional<DisplayedMessage> onPage(AnnouncementRef message) {
        lock.lock();
        try {
            Instant now = clock.instant();
            pages.values().removeIf(read -> read.at().plus(FRESH).isBefore(now));
            if (!pages.containsKey(message)) {
                web.oursUpTo(message).forEach((found, metadata) -> pages.put(found, read(found, metadata, now)));
            }
            return Optional.ofNullable(pages.get(message)).map(Read::message);
        } finally {
            lock.unlock();
        }
    }

    private static Read read(AnnouncementRef message, Optional<MessageMetadata> metadata, Instant now) {
        return new Read(DisplayedMessage.found(message, metadata.flatMap(MessageMetadata::stage)), now);
    }

    /** The search for a message that git does not name, after a manual edit or a post whose response was lost. */
    private Optional<DisplayedMessage> search(MessageSubject subject) {
        return web.oursSince(channel, subject.since()).stream()
                .flatMap(message -> liveMessage(message, subject).stream())
                .reduce((newer, older) -> older)
                .map(found -> new DisplayedMessage(found.message(), found.stage(), found.content(), subject.shownIn()));
    }

    private Optional<DisplayedMessage> liveMessage(Message message, MessageSubject subject) {
        return MessageMetadata.of(message)
                .filter(metadata -> metadata.request().equals(subject.request()))
                .filter(metadata -> metadata.stage().isPresent())
                .map(metadata -> DisplayedMessage.found(reference(channel, message), metadata.stage()));
    }

    /** The messages with exactly this metadata, oldest first. */
    List<AnnouncementRef> with(MessageMetadata metadata, Recipient recipient, String conversation, Instant since) {
        List<Message> ours = recipient instanceof Recipient.ThreadOf(AnnouncementRef parent)
                ? web.oursInThread(parent)
                : web.oursSince(conversation, since);
        return ours.stream()
                .filter(message ->
                        MessageMetadata.of(message).filter(metadata::equals).isPresent())
                .map(message -> reference(conversation, message))
                .sorted((a, b) -> a.value().compareTo(b.value()))
                .toList();
    }

    /** A message with buttons, and what it is without them. */
    record WithButtons(AnnouncementRef message, MessageMetadata metadata, SlackMessage withoutButtons) {}

    /** The private messages about the request that are older than this one and still have buttons. */
    List<WithButtons> withButtonsBefore(AnnouncementRef newer, RequestId request, String conversation, Instant since) {
        return web.oursSince(conversation, since).stream()
                .filter(message -> reference(conversation, message).value().compareTo(newer.value()) < 0)
                .filter(message -> blocks(message).anyMatch(ActionsBlock.class::isInstance))
                .flatMap(message -> MessageMetadata.of(message)
                        .filter(metadata -> metadata.request().equals(request))
                        .map(metadata ->
                                new WithButtons(reference(conversation, message), metadata, withoutButtons(message)))
                        .stream())
                .toList();
    }

    private static SlackMessage withoutButtons(Message message) {
        return new SlackMessage(
                Objects.requireNonNullElse(message.getText(), ""),
                blocks(message)
                        .filter(block -> !(block instanceof ActionsBlock))
                        .toList());
    }

    private static Stream<LayoutBlock> blocks(Message message) {
        return message.getBlocks() == null ? Stream.empty() : message.getBlocks().stream();
    }

    private static AnnouncementRef reference(String conversation, Message message) {
        return new AnnouncementRef(conversation + "/" + message.getTs());
    }
}
