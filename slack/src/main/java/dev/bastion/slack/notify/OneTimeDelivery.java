package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to send a message that is sent once. Slack cannot make a post conditional; so when two processes post at the
 * same time, the later message is deleted.
 */
final class OneTimeDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(OneTimeDelivery.class);

    private final SlackClient web;
    private final PostedMessages posted;
    private final MessageEdits edits;
    private final ChannelRoutes channels;
    private final ClaimedPost claimed;

    OneTimeDelivery(
            SlackClient web, PostedMessages posted, MessageEdits edits, ChannelRoutes channels, ClaimedPost claimed) {
        this.claimed = claimed;
        this.edits = edits;
        this.web = web;
        this.posted = posted;
        this.channels = channels;
    }

    void send(OneTime message) {
        String conversation = switch (message.recipient()) {
            case Recipient.User(String id) -> web.directChannel(id);
            case Recipient.Channel(var environment) -> channels.of(environment);
            case Recipient.ThreadOf(AnnouncementRef parent) -> SlackClient.channelOf(parent);
        };
        MessageMetadata metadata = MessageMetadata.sentOnce(message.request(), message.key());
        List<AnnouncementRef> all =
                claimed.of(message.request(), message.name(), () -> found(message, conversation, metadata));
        // A process that was killed between its post and this line leaves a second message, too.
        all.stream().skip(1).forEach(web::delete);
        // an approver may still answer the first of several requests to approve
        if (message.recipient() instanceof Recipient.User && !message.asksToApprove()) {
            all.stream().findFirst().ifPresent(newest -> resolveBefore(newest, message, conversation));
        }
    }

    /** The message as Slack has it, posted now if it was not there. */
    private List<AnnouncementRef> found(OneTime message, String conversation, MessageMetadata metadata) {
        List<AnnouncementRef> before = posted.with(metadata, message.recipient(), conversation, message.since());
        if (!before.isEmpty()) {
            return before;
        }
        post(message, conversation, metadata);
        return posted.with(metadata, message.recipient(), conversation, message.since());
    }

    /** What an outdated private message offers no longer holds; it says what came instead. */
    private void resolveBefore(AnnouncementRef newest, OneTime message, String conversation) {
        posted.since(conversation, message.since()).stream()
                .filter(older -> older.message().value().compareTo(newest.value()) < 0)
                .filter(older -> older.metadata().request().equals(message.request()))
                .filter(older ->
                        older.metadata().key().filter(message::makesOutdated).isPresent())
                .filter(PostedMessages.Posted::hasOffer)
                .forEach(older -> edits.edit(
                        older,
                        older.metadata(),
                        older.content().resolved(message.message().text())));
    }

    private void post(OneTime message, String conversation, MessageMetadata metadata) {
        switch (message.recipient()) {
            case Recipient.ThreadOf(AnnouncementRef parent) -> web.postInThread(parent, message.message(), metadata);
            case Recipient.Channel _, Recipient.User _ -> web.post(conversation, message.message(), metadata);
        }
        LOG.atInfo()
                .addKeyValue("request", message.request())
                .addKeyValue("recipient", message.lane())
                .addKeyValue("key", message.key())
                .log("slack.message.sent");
    }
}
