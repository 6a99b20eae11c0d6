package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.notify.OutgoingMessage.Resolved;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edits of messages that were sent once, so that they say what became of what they asked. */
final class MessageEdits {
    private static final Logger LOG = LoggerFactory.getLogger(MessageEdits.class);

    private final SlackClient web;
    private final PostedMessages posted;
    private final ChannelRoutes channels;

    MessageEdits(SlackClient web, PostedMessages posted, ChannelRoutes channels) {
        this.web = web;
        this.posted = posted;
        this.channels = channels;
    }

    /**
     * One attempt; what is edited already stays as it is.
     *
     * @throws SlackFailure when Slack did not do it, and may do it later
     */
    void send(Resolved resolved) {
        try {
            conversations(resolved.recipient())
                    .flatMap(conversation -> posted.since(conversation, resolved.since()).stream())
                    .forEach(found -> resolved.edit()
                            .of(found.metadata(), found.content())
                            .ifPresent(edited -> edit(found, edited.metadata(), edited.content())));
        } catch (SlackFailure e) {
            throwIfItPasses(e);
            LOG.atWarn()
                    .addKeyValue("request", resolved.request())
                    .addKeyValue("slack_message", resolved.name())
                    .addKeyValue("error", e.error())
                    .log("slack.message.not_resolved");
        }
    }

    /** Where the message may be: it was posted in the channel that the configuration had then. */
    private Stream<String> conversations(Recipient recipient) {
        return switch (recipient) {
            case Recipient.User(String id) -> Stream.of(web.directChannel(id));
            case Recipient.ThreadOf(AnnouncementRef parent) -> Stream.of(SlackClient.channelOf(parent));
            case Recipient.Channel(var environment) ->
                Stream.of(channels.of(environment), channels.own()).distinct();
        };
    }

    /** A message that Slack does not let the service edit keeps no other from being edited. */
    void edit(PostedMessages.Posted found, MessageMetadata metadata, SlackMessage content) {
        try {
            web.edit(found.message(), content, metadata);
        } catch (SlackFailure e) {
            throwIfItPasses(e);
            LOG.atWarn()
                    .addKeyValue("slack_message", found.message())
                    .addKeyValue("error", e.error())
                    .log("slack.message.not_resolved");
        }
    }

    private static void throwIfItPasses(SlackFailure failure) {
        if (failure.canBeRetried() || failure.isSetupProblem()) {
            throw failure;
        }
    }
}
