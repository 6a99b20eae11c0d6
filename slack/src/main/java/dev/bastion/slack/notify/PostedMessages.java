package dev.bastion.slack.notify;

import com.slack.api.model.Message;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.web.Blocks;
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
    private final ChannelRoutes channels;
    private final InstantSource clock;
    private final ConversationReader conversations;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AnnouncementRef, Read> pages = new HashMap<>();

    PostedMessages(SlackClient web, ChannelRoutes channels, InstantSource clock) {
        this.web = web;
        this.conversations = new ConversationReader(web);
        this.channels = channels;
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
                    .addKeyValue("slack_message", message)
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
        return new Read(DisplayedMessage.found(message, metadata), now);
    }

    /** The search for a message that git does not name, after a manual edit or a post whose response was lost. */
    Optional<DisplayedMessage> search(MessageSubject subject) {
        return channels.all().stream()
                .flatMap(channel -> conversations.since(channel, subject.since()).stream()
                        .flatMap(message -> liveMessage(channel, message, subject.request()).stream())
                        .reduce((newer, older) -> older)
                        .stream())
                .findFirst()
                .map(found -> found.instead(subject.shownIn()));
    }

    /** The live message of a request that nobody has recorded yet, in one channel. */
    Optional<AnnouncementRef> search(RequestId request, String channel, Instant since) {
        return conversations.since(channel, since).stream()
                .flatMap(message -> liveMessage(channel, message, request).stream())
                .reduce((newer, older) -> older)
                .flatMap(DisplayedMessage::message);
    }

    /**
     * Deletes a live message that was just posted if another process posted one for the same request before.
     *
     * @return the one that stays
     */
    AnnouncementRef keepOldest(RequestId request, AnnouncementRef ours, Instant since) {
        try {
            AnnouncementRef oldest =
                    search(request, SlackClient.channelOf(ours), since).orElse(ours);
            if (!oldest.equals(ours)) {
                web.delete(ours);
            }
            return oldest;
        } catch (SlackFailure e) {
            LOG.atWarn()
                    .addKeyValue("request", request)
                    .addKeyValue("slack_message", ours)
                    .addKeyValue("reason", e.getMessage())
                    .log("slack.message.unchecked");
            return ours;
        }
    }

    private static Optional<DisplayedMessage> liveMessage(String channel, Message message, RequestId request) {
        return MessageMetadata.of(message)
                .filter(metadata -> metadata.request().equals(request))
                .filter(metadata -> metadata.stage().isPresent())
                .map(metadata -> DisplayedMessage.found(reference(channel, message), Optional.of(metadata)));
    }

    /** The messages with this request and key, oldest first. */
    List<AnnouncementRef> with(MessageMetadata metadata, Recipient recipient, String conversation, Instant since) {
        List<Message> ours = recipient instanceof Recipient.ThreadOf(AnnouncementRef parent)
                ? web.oursInThread(parent)
                : conversations.since(conversation, since);
        return ours.stream()
                .filter(message -> MessageMetadata.of(message)
                        .filter(found -> found.isOfSameMessage(metadata) && !found.hasRemark(OneTime.OVER))
                        .isPresent())
                .map(message -> reference(conversation, message))
                .sorted((a, b) -> a.value().compareTo(b.value()))
                .toList();
    }

    /** A message of ours that is sent once, as Slack has it. */
    record Posted(AnnouncementRef message, MessageMetadata metadata, SlackMessage content) {
        boolean hasOffer() {
            return content.blocks().stream().anyMatch(Blocks::isOffer);
        }
    }

    /** The messages that are sent once of a conversation. */
    List<Posted> since(String conversation, Instant since) {
        return conversations.since(conversation, since).stream()
                .flatMap(message -> MessageMetadata.of(message)
                        .filter(metadata -> metadata.key().isPresent())
                        .map(metadata -> new Posted(reference(conversation, message), metadata, content(message)))
                        .stream())
                .toList();
    }

    private static SlackMessage content(Message message) {
        return new SlackMessage(
                Objects.requireNonNullElse(message.getText(), ""),
                Objects.requireNonNullElse(message.getBlocks(), List.of()));
    }

    private static AnnouncementRef reference(String conversation, Message message) {
        return new AnnouncementRef(conversation + "/" + message.getTs());
    }
}
