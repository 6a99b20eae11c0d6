package dev.bastion.slack.notify;

import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.message.GrantMessage;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.web.AlarmPolicy;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to bring the live message of a request up to date: it is found, then edited, or posted where there is none.
 * A later stage is never replaced by an earlier one, whichever process shows it.
 */
final class LiveMessageDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMessageDelivery.class);

    private final SlackClient web;
    private final PostedMessages posted;
    private final String channel;
    private final GrantMessage grantMessages;
    private final Consumer<OneTime> outbox;

    /** @param outbox takes the messages that are due beside the live message */
    LiveMessageDelivery(
            SlackClient web,
            PostedMessages posted,
            String channel,
            GrantMessage grantMessages,
            Consumer<OneTime> outbox) {
        this.web = web;
        this.posted = posted;
        this.channel = channel;
        this.grantMessages = grantMessages;
        this.outbox = outbox;
    }

    /** @throws SlackFailure when Slack did not do it; the next attempt continues where this one stopped */
    void send(OutboxQueue queue, OutgoingMessage.Update update) {
        switch (update) {
            case OutgoingMessage.GrantUpdate(GrantStatus status) -> send(queue, status);
            case OutgoingMessage.ProposalUpdate(ProposalStatus status) -> send(queue, status);
            case OutgoingMessage.FailedRequest(
                    var message,
                    var request,
                    var environment,
                    var stage,
                    SlackMessage text) -> {
                web.edit(message, text, MessageMetadata.of(request, environment, stage));
                queue.display(DisplayedMessage.now(message, stage, text, Optional.empty()));
            }
        }
    }

    private void send(OutboxQueue queue, ProposalStatus status) {
        MessageSubject subject = MessageSubject.of(status.proposal());
        DisplayedStage stage = DisplayedStage.of(status.stage());
        SlackMessage message = ProposalMessage.of(status);
        DisplayedMessage before = posted.displayed(queue, subject);
        if (before.isDecided() || before.is(stage, message)) {
            return;
        }
        DisplayedMessage current = readAgain(before);
        if (current.isDecided()) {
            queue.display(current);
            return;
        }
        List<OneTime> due = subject.privateMessages(status);
        due.forEach(outbox);
        if (areSettled(queue, subject, stage, due)) {
            queue.display(put(subject, current, message, stage));
        }
    }

    /** Another process may have shown the grant in the meantime, after which the message never returns to a request. */
    private DisplayedMessage readAgain(DisplayedMessage before) {
        return before.message()
                .flatMap(posted::readAgain)
                .filter(DisplayedMessage::isDecided)
                .orElse(before);
    }

    private void send(OutboxQueue queue, GrantStatus status) {
        MessageSubject subject = MessageSubject.of(status.grant());
        DisplayedStage stage = DisplayedStage.of(status.stage());
        DisplayedMessage before = posted.displayed(queue, subject);
        if (before.shows(DisplayedStage.GONE) || (before.isPast() && !stage.isPast())) {
            return;
        }
        if (stage == DisplayedStage.GONE && !areSettled(queue, subject, stage, subject.privateMessages(status))) {
            return;
        }
        SlackMessage message = grantMessages.of(status);
        if (!before.is(stage, message)) {
            queue.display(put(subject, before, message, stage));
        }
        if (AlarmPolicy.isDue(status)) {
            alarm(queue, subject, stage, message);
        }
    }

    /**
     * Whether the private messages are sent. The last stage is shown after them, because a restarted service ignores requests
     * whose last stage is shown.
     */
    private static boolean areSettled(
            OutboxQueue queue, MessageSubject subject, DisplayedStage stage, List<OneTime> due) {
        boolean settled = queue.areSettled(due);
        if (!settled) {
            LOG.atWarn()
                    .addKeyValue("request", subject.request())
                    .addKeyValue("environment", subject.environment())
                    .addKeyValue("stage", stage.word())
                    .log("slack.update.postponed");
        }
        return settled;
    }

    private DisplayedMessage put(
            MessageSubject subject, DisplayedMessage before, SlackMessage message, DisplayedStage stage) {
        MessageMetadata metadata = MessageMetadata.of(subject.request(), Optional.of(subject.environment()), stage);
        if (before.message().isPresent()) {
            try {
                web.edit(before.message().get(), message, metadata);
                return DisplayedMessage.now(before.message().get(), stage, message, before.insteadOf());
            } catch (SlackFailure e) {
                if (!e.error().equals("message_not_found")) {
                    throw e;
                }
            }
        }
        return DisplayedMessage.now(web.post(channel, message, metadata), stage, message, subject.shownIn());
    }

    private void alarm(OutboxQueue queue, MessageSubject subject, DisplayedStage stage, SlackMessage message) {
        queue.displayed()
                .flatMap(DisplayedMessage::message)
                .map(parent -> new OneTime(
                        subject.request(),
                        subject.since(),
                        new Recipient.ThreadOf(parent),
                        "alarm " + stage.word(),
                        SlackMessage.of(message.text())))
                .ifPresent(outbox);
    }
}
