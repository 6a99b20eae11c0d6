package dev.bastion.slack.notify;

import com.slack.api.model.Message;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.message.GrantMessage;
import dev.bastion.slack.message.HolderMessage;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.web.AlarmPolicy;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one piece of news, once: the message in the channel, the alarm below it, the whispers to the holder. Throws
 * {@link SlackFailure} where Slack does not play along; telling the same again then goes on where it stopped.
 */
final class ChannelMessagePublisher {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelMessagePublisher.class);

    private final SlackClient web;
    private final MessageCache messages;
    private final IdempotentPoster once;
    private final String channel;
    private final GrantMessage cards;

    ChannelMessagePublisher(SlackClient web, MessageCache messages, String channel, GrantMessage cards) {
        this.web = web;
        this.messages = messages;
        this.once = new IdempotentPoster(web);
        this.channel = channel;
        this.cards = cards;
    }

    void tell(NotificationQueue telling, Notification news) {
        switch (news) {
            case Notification.Story(GrantStatus story) -> tell(telling, story);
            case Notification.Asked(ProposalStatus story) -> tell(telling, story);
            case Notification.Nothing(var message, var request, var environment, SlackMessage card) -> {
                web.edit(message, card, MessageMetadata.shown(request, environment, DisplayedStage.NOT_RECORDED));
                telling.shows(DisplayedMessage.now(message, DisplayedStage.NOT_RECORDED, card, Optional.empty()));
            }
        }
    }

    /** The end of a proposal is shown last, as it is not looked at again after a restart. */
    private void tell(NotificationQueue telling, ProposalStatus story) {
        MessageSubject subject = MessageSubject.of(story.proposal());
        DisplayedStage stage = DisplayedStage.of(story.stage());
        SlackMessage card = ProposalMessage.of(story);
        DisplayedMessage before = locate(telling, subject);
        if (before.isAnswered() || (before.says(stage) && before.card().equals(Optional.of(card)))) {
            return;
        }
        DisplayedMessage now = seenAgain(before);
        if (now.isAnswered()) {
            telling.shows(now);
            return;
        }
        HolderMessage.dueIn(story).forEach(holderMessage -> holderMessage(telling, subject, holderMessage));
        telling.shows(put(subject, now, card, stage));
    }

    /** Another process may have gone on to the grant meanwhile, and nothing leads back from there. */
    private DisplayedMessage seenAgain(DisplayedMessage before) {
        before.message().ifPresent(messages::forget);
        return before.message()
                .flatMap(this::read)
                .filter(DisplayedMessage::isAnswered)
                .orElse(before);
    }

    private void tell(NotificationQueue telling, GrantStatus story) {
        // What is shown as gone is not looked at again after a restart, so there the whisper comes first.
        boolean isLast = DisplayedStage.of(story.stage()) == DisplayedStage.GONE;
        if (isLast) {
            holderMessage(telling, story);
        }
        show(telling, story);
        if (!isLast) {
            holderMessage(telling, story);
        }
    }

    private void show(NotificationQueue telling, GrantStatus story) {
        DisplayedStage stage = DisplayedStage.of(story.stage());
        DisplayedMessage before = locate(telling, MessageSubject.of(story.grant()));
        if (before.says(DisplayedStage.GONE) || (before.isPast() && !stage.isPast())) {
            return;
        }
        SlackMessage card = cards.of(story);
        if (!(before.says(stage) && before.card().equals(Optional.of(card)))) {
            telling.shows(put(MessageSubject.of(story.grant()), before, card, stage));
        }
        alarm(telling, story, stage, card);
    }

    private DisplayedMessage put(
            MessageSubject subject, DisplayedMessage before, SlackMessage card, DisplayedStage stage) {
        MessageMetadata metadata = MessageMetadata.shown(subject.request(), subject.environment(), stage);
        if (before.message().isPresent()) {
            try {
                web.edit(before.message().get(), card, metadata);
                return DisplayedMessage.now(before.message().get(), stage, card, before.insteadOf());
            } catch (SlackFailure e) {
                if (!e.error().equals("message_not_found")) {
                    throw e;
                }
            }
        }
        return DisplayedMessage.now(web.post(channel, card, metadata), stage, card, subject.shownIn());
    }

    /** What people see now: as this process remembers it, or else as Slack does. */
    DisplayedMessage locate(NotificationQueue telling, MessageSubject subject) {
        Optional<DisplayedMessage> known = telling.shown();
        if (known.isPresent() && known.get().isOf(subject)) {
            return known.get();
        }
        DisplayedMessage found =
                subject.shownIn().flatMap(this::read).or(() -> search(subject)).orElse(DisplayedMessage.NOTHING);
        found.stage().ifPresent(stage -> telling.says(alarmKey(stage)));
        telling.learns(known, found);
        return found;
    }

    private Optional<DisplayedMessage> read(AnnouncementRef message) {
        try {
            return messages.find(message);
        } catch (SlackFailure e) {
            if (e.kind() != SlackFailure.Kind.REFUSED) {
                throw e;
            }
            LOG.warn("slack.message.unreadable message={} error={}", message, e.error());
            return Optional.empty();
        }
    }

    /** For what has a message that nobody wrote down: it was made by hand, or its post was not answered in time. */
    private Optional<DisplayedMessage> search(MessageSubject subject) {
        return web.oursSince(channel, subject.since()).stream()
                .flatMap(message -> shownBy(message, subject).stream())
                .reduce((newer, older) -> older)
                .map(shown -> new DisplayedMessage(shown.message(), shown.stage(), shown.card(), subject.shownIn()));
    }

    private Optional<DisplayedMessage> shownBy(Message message, MessageSubject subject) {
        return MessageMetadata.of(message)
                .filter(metadata -> metadata.request().equals(subject.request()))
                .filter(metadata -> metadata.stage().isPresent())
                .map(metadata ->
                        DisplayedMessage.found(new AnnouncementRef(channel + "/" + message.getTs()), metadata.stage()));
    }

    private void alarm(NotificationQueue telling, GrantStatus story, DisplayedStage stage, SlackMessage card) {
        String key = alarmKey(stage);
        Optional<AnnouncementRef> message = telling.shown().flatMap(DisplayedMessage::message);
        if (AlarmPolicy.isDue(story) && !telling.hasSaid(key) && message.isPresent()) {
            web.shout(message.get(), SlackMessage.of(card.text()));
            telling.says(key);
            LOG.warn(
                    "slack.alarm.raised env={} request={} stage={}",
                    story.grant().environment(),
                    story.grant().request(),
                    stage.word());
        }
    }

    private void holderMessage(NotificationQueue telling, GrantStatus story) {
        MessageSubject subject = MessageSubject.of(story.grant());
        HolderMessage.dueIn(story).forEach(holderMessage -> holderMessage(telling, subject, holderMessage));
    }

    /** A whisper that cannot be delivered to somebody (a hand-made grant may name anybody) is not tried for ever. */
    private void holderMessage(NotificationQueue telling, MessageSubject subject, HolderMessage holderMessage) {
        if (telling.hasSaid(holderMessage.key())) {
            return;
        }
        try {
            String direct = web.directChannel(subject.person().id());
            MessageMetadata metadata = MessageMetadata.whispered(subject.request(), holderMessage.key());
            once.say(direct, subject.since(), holderMessage.card(), metadata);
        } catch (SlackFailure e) {
            if (e.kind() != SlackFailure.Kind.REFUSED) {
                throw e;
            }
            LOG.warn(
                    "slack.whisper.refused request={} person={} error={}",
                    subject.request(),
                    subject.person().id(),
                    e.error());
        }
        telling.says(holderMessage.key());
    }

    private static String alarmKey(DisplayedStage stage) {
        return "alarm " + stage.word();
    }
}
