package dev.bastion.app.slack;

import com.slack.api.model.Message;
import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.GrantStory;
import dev.bastion.access.ProposalStory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one piece of news, once: the message in the channel, the alarm below it, the whispers to the holder. Throws
 * {@link SlackFailure} where Slack does not play along; telling the same again then goes on where it stopped.
 */
final class Herald {
    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);

    private final SlackWeb web;
    private final ReadMessages messages;
    private final SaidOnce once;
    private final String channel;
    private final GrantCard cards;

    Herald(SlackWeb web, ReadMessages messages, String channel, GrantCard cards) {
        this.web = web;
        this.messages = messages;
        this.once = new SaidOnce(web);
        this.channel = channel;
        this.cards = cards;
    }

    void tell(Telling telling, News news) {
        switch (news) {
            case News.Story(GrantStory story) -> tell(telling, story);
            case News.Asked(ProposalStory story) -> tell(telling, story);
            case News.Nothing(var message, var request, var environment, Card card) -> {
                web.edit(message, card, GrantMetadata.shown(request, environment, ShownStage.NOT_RECORDED));
                telling.shows(Shown.now(message, ShownStage.NOT_RECORDED, card, Optional.empty()));
            }
        }
    }

    /** The end of a proposal is shown last, as it is not looked at again after a restart. */
    private void tell(Telling telling, ProposalStory story) {
        Subject subject = Subject.of(story.proposal());
        ShownStage stage = ShownStage.of(story.stage());
        Card card = ProposalCard.of(story);
        Shown before = locate(telling, subject);
        if (before.isAnswered() || (before.says(stage) && before.card().equals(Optional.of(card)))) {
            return;
        }
        Shown now = seenAgain(before);
        if (now.isAnswered()) {
            telling.shows(now);
            return;
        }
        Whisper.dueIn(story).forEach(whisper -> whisper(telling, subject, whisper));
        telling.shows(put(subject, now, card, stage));
    }

    /** Another process may have gone on to the grant meanwhile, and nothing leads back from there. */
    private Shown seenAgain(Shown before) {
        before.message().ifPresent(messages::forget);
        return before.message().flatMap(this::read).filter(Shown::isAnswered).orElse(before);
    }

    private void tell(Telling telling, GrantStory story) {
        // What is shown as gone is not looked at again after a restart, so there the whisper comes first.
        boolean isLast = ShownStage.of(story.stage()) == ShownStage.GONE;
        if (isLast) {
            whisper(telling, story);
        }
        show(telling, story);
        if (!isLast) {
            whisper(telling, story);
        }
    }

    private void show(Telling telling, GrantStory story) {
        ShownStage stage = ShownStage.of(story.stage());
        Shown before = locate(telling, Subject.of(story.grant()));
        if (before.says(ShownStage.GONE) || (before.isPast() && !stage.isPast())) {
            return;
        }
        Card card = cards.of(story);
        if (!(before.says(stage) && before.card().equals(Optional.of(card)))) {
            telling.shows(put(Subject.of(story.grant()), before, card, stage));
        }
        alarm(telling, story, stage, card);
    }

    private Shown put(Subject subject, Shown before, Card card, ShownStage stage) {
        GrantMetadata metadata = GrantMetadata.shown(subject.request(), subject.environment(), stage);
        if (before.message().isPresent()) {
            try {
                web.edit(before.message().get(), card, metadata);
                return Shown.now(before.message().get(), stage, card, before.insteadOf());
            } catch (SlackFailure e) {
                if (!e.error().equals("message_not_found")) {
                    throw e;
                }
            }
        }
        return Shown.now(web.post(channel, card, metadata), stage, card, subject.shownIn());
    }

    /** What people see now: as this process remembers it, or else as Slack does. */
    Shown locate(Telling telling, Subject subject) {
        Optional<Shown> known = telling.shown();
        if (known.isPresent() && known.get().isOf(subject)) {
            return known.get();
        }
        Shown found =
                subject.shownIn().flatMap(this::read).or(() -> search(subject)).orElse(Shown.NOTHING);
        found.stage().ifPresent(stage -> telling.says(alarmKey(stage)));
        telling.learns(known, found);
        return found;
    }

    private Optional<Shown> read(AnnouncementRef message) {
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
    private Optional<Shown> search(Subject subject) {
        return web.oursSince(channel, subject.since()).stream()
                .flatMap(message -> shownBy(message, subject).stream())
                .reduce((newer, older) -> older)
                .map(shown -> new Shown(shown.message(), shown.stage(), shown.card(), subject.shownIn()));
    }

    private Optional<Shown> shownBy(Message message, Subject subject) {
        return GrantMetadata.of(message)
                .filter(metadata -> metadata.request().equals(subject.request()))
                .filter(metadata -> metadata.stage().isPresent())
                .map(metadata -> Shown.found(new AnnouncementRef(channel + "/" + message.getTs()), metadata.stage()));
    }

    private void alarm(Telling telling, GrantStory story, ShownStage stage, Card card) {
        String key = alarmKey(stage);
        Optional<AnnouncementRef> message = telling.shown().flatMap(Shown::message);
        if (Alarm.isDue(story) && !telling.hasSaid(key) && message.isPresent()) {
            web.shout(message.get(), Card.of(card.text()));
            telling.says(key);
            LOG.warn(
                    "slack.alarm.raised env={} request={} stage={}",
                    story.grant().environment(),
                    story.grant().request(),
                    stage.word());
        }
    }

    private void whisper(Telling telling, GrantStory story) {
        Subject subject = Subject.of(story.grant());
        Whisper.dueIn(story).forEach(whisper -> whisper(telling, subject, whisper));
    }

    /** A whisper that cannot be delivered to somebody (a hand-made grant may name anybody) is not tried for ever. */
    private void whisper(Telling telling, Subject subject, Whisper whisper) {
        if (telling.hasSaid(whisper.key())) {
            return;
        }
        try {
            String direct = web.directChannel(subject.person().id());
            GrantMetadata metadata = GrantMetadata.whispered(subject.request(), whisper.key());
            once.say(direct, subject.since(), whisper.card(), metadata);
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
        telling.says(whisper.key());
    }

    private static String alarmKey(ShownStage stage) {
        return "alarm " + stage.word();
    }
}
