package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
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
import java.time.Duration;
import java.time.InstantSource;
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

    /** How long a last stage waits for its private message, so that it is shown with one edit. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SlackClient web;
    private final PostedMessages posted;
    private final ChannelRoutes channels;
    private final GrantMessage grantMessages;
    private final Consumer<OneTime> outbox;
    private final ClaimedPost claimed;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * @param outbox takes the messages that are due beside the live message
     * @param patience how long a last stage waits for its private message
     */
    LiveMessageDelivery(
            SlackClient web,
            PostedMessages posted,
            ChannelRoutes channels,
            GrantMessage grantMessages,
            Consumer<OneTime> outbox,
            ClaimedPost claimed,
            InstantSource clock,
            Duration patience) {
        this.claimed = claimed;
        this.clock = clock;
        this.patience = patience;
        this.web = web;
        this.posted = posted;
        this.channels = channels;
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
        if (before.isDecided() && !before.isTold() && before.shows(stage)) {
            finish(queue, subject, before, message, subject.privateMessages(status));
            return;
        }
        if (before.isDecided() || before.is(stage, message)) {
            return;
        }
        DisplayedMessage current = readAgain(before);
        if (current.isDecided()) {
            queue.display(current);
            return;
        }
        finish(queue, subject, current, message, stage, subject.privateMessages(status));
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
        SlackMessage message = grantMessages.of(status);
        DisplayedMessage before = unlessGone(posted.displayed(queue, subject), stage, message);
        if (before.isFinished() || (before.isPast() && !stage.isPast())) {
            return;
        }
        if (before.shows(DisplayedStage.GONE)) {
            finish(queue, subject, before, message, subject.privateMessages(status));
        } else if (stage == DisplayedStage.GONE) {
            finish(queue, subject, before, message, stage, subject.privateMessages(status));
        } else if (!before.is(stage, message)) {
            queue.display(put(subject, before, message, stage, true));
        }
        if (AlarmPolicy.isDue(status)) {
            alarm(queue, subject, stage, message);
        }
    }

    /**
     * What another replica shows of a grant that is gone, else what this one knows. A replica that was cut off still has what it
     * could not send, and would show it over the end.
     */
    private DisplayedMessage unlessGone(DisplayedMessage known, DisplayedStage stage, SlackMessage message) {
        return claimed.isShared() && !known.is(stage, message)
                ? known.message()
                        .flatMap(posted::readAgain)
                        .filter(shown -> shown.shows(DisplayedStage.GONE))
                        .orElse(known)
                : known;
    }

    /**
     * Shows a last stage. A restarted service ignores requests whose last stage is shown, unless it says that its person was
     * not told yet: the channel does not wait for a private message that fails.
     */
    private void finish(
            OutboxQueue queue,
            MessageSubject subject,
            DisplayedMessage before,
            SlackMessage message,
            DisplayedStage stage,
            List<OneTime> due) {
        due.forEach(outbox);
        boolean isTold = areSettled(queue, subject, stage, due);
        queue.display(put(subject, before, message, stage, isTold));
        queue.isTold(isTold, clock.instant());
    }

    /** The same for a last stage that is shown. */
    private void finish(
            OutboxQueue queue,
            MessageSubject subject,
            DisplayedMessage before,
            SlackMessage message,
            List<OneTime> due) {
        DisplayedStage stage = before.stage().orElseThrow();
        due.forEach(outbox);
        boolean isTold = areSettled(queue, subject, stage, due);
        if (isTold) {
            queue.display(put(subject, before, before.content().orElse(message), stage, true));
        }
        queue.isTold(isTold, clock.instant());
    }

    private boolean areSettled(OutboxQueue queue, MessageSubject subject, DisplayedStage stage, List<OneTime> due) {
        boolean settled = queue.areSettledWithin(patience, due);
        if (!settled && queue.untoldSince().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("request", subject.request())
                    .addKeyValue("environment", subject.environment())
                    .addKeyValue("stage", stage.word())
                    .log("slack.person.untold");
        }
        return settled;
    }

    private DisplayedMessage put(
            MessageSubject subject,
            DisplayedMessage before,
            SlackMessage message,
            DisplayedStage stage,
            boolean isTold) {
        MessageMetadata plain = MessageMetadata.of(subject.request(), Optional.of(subject.environment()), stage);
        MessageMetadata metadata = isTold ? plain : plain.withRemark(DisplayedMessage.UNTOLD);
        if (before.message().isPresent()) {
            try {
                web.edit(before.message().get(), message, metadata);
                return DisplayedMessage.now(before.message().get(), stage, message, before.insteadOf())
                        .told(isTold);
            } catch (SlackFailure e) {
                if (!e.error().equals("message_not_found")) {
                    throw e;
                }
            }
        }
        AnnouncementRef found = claimed.of(
                subject.request(),
                OutgoingMessage.LIVE,
                () -> postedByAnother(subject, message, metadata)
                        .orElseGet(() -> post(subject, message, metadata, stage)));
        return DisplayedMessage.now(found, stage, message, subject.shownIn()).told(isTold);
    }

    private AnnouncementRef post(
            MessageSubject subject, SlackMessage message, MessageMetadata metadata, DisplayedStage stage) {
        AnnouncementRef ours = web.post(channels.of(Optional.of(subject.environment())), message, metadata);
        AnnouncementRef kept = posted.keepOldest(subject.request(), ours, subject.since());
        if (!kept.equals(ours) && (stage.isPast() || !isPast(kept))) {
            web.edit(kept, message, metadata);
        }
        return kept;
    }

    private boolean isPast(AnnouncementRef shown) {
        return posted.readAgain(shown).filter(DisplayedMessage::isPast).isPresent();
    }

    /** The message that another replica posted since this one looked, with this text. */
    private Optional<AnnouncementRef> postedByAnother(
            MessageSubject subject, SlackMessage message, MessageMetadata metadata) {
        Optional<AnnouncementRef> found =
                claimed.isShared() ? posted.search(subject).flatMap(DisplayedMessage::message) : Optional.empty();
        found.ifPresent(reference -> web.edit(reference, message, metadata));
        return found;
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
