package dev.bastion.app.slack;

import com.slack.api.model.Message;
import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantStory;
import dev.bastion.access.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one piece of news, once: the message in the channel, the alarm below it, the whispers to the holder. Throws
 * {@link SlackFailure} where Slack does not play along; telling the same again then goes on where it stopped.
 */
final class Herald {
    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);
    /** A message may be older than its grant by as long as it took to write the grant down. */
    private static final Duration BEFORE_THE_GRANT = Duration.ofHours(1);

    private final SlackWeb web;
    private final ReadMessages messages;
    private final String channel;
    private final GrantCard cards;

    Herald(SlackWeb web, ReadMessages messages, String channel, GrantCard cards) {
        this.web = web;
        this.messages = messages;
        this.channel = channel;
        this.cards = cards;
    }

    void tell(Telling telling, News news) {
        switch (news) {
            case News.Story(GrantStory story) -> tell(telling, story);
            case News.Nothing(var message, var change, var why) -> {
                RequestId request = change.request().id();
                Card card = GrantCard.notRecorded(request, Optional.of(change.environment()), why);
                web.edit(message, card, GrantMetadata.shown(request, change.environment(), ShownStage.NOT_RECORDED));
                telling.shows(Shown.now(message, ShownStage.NOT_RECORDED, card, Optional.empty()));
            }
        }
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
        Shown before = locate(telling, story.grant());
        if (before.says(ShownStage.GONE) || (before.isPast() && !stage.isPast())) {
            return;
        }
        Card card = cards.of(story);
        if (!(before.says(stage) && before.card().equals(Optional.of(card)))) {
            telling.shows(put(story, before, card, stage));
        }
        alarm(telling, story, stage, card);
    }

    private Shown put(GrantStory story, Shown before, Card card, ShownStage stage) {
        Grant grant = story.grant();
        GrantMetadata metadata = GrantMetadata.shown(grant.request(), grant.environment(), stage);
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
        return Shown.now(web.post(channel, card, metadata), stage, card, grant.shownIn());
    }

    /** What people see now: as this process remembers it, or else as Slack does. */
    Shown locate(Telling telling, Grant grant) {
        Optional<Shown> known = telling.shown();
        if (known.isPresent() && known.get().isOf(grant)) {
            return known.get();
        }
        Shown found =
                grant.shownIn().flatMap(this::read).or(() -> search(grant)).orElse(Shown.NOTHING);
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

    /** For a grant whose message nobody wrote down: because it was made by hand, or its post was not answered in time. */
    private Optional<Shown> search(Grant grant) {
        Instant from = grant.createdAt().minus(BEFORE_THE_GRANT);
        return web.oursSince(channel, from).stream()
                .flatMap(message -> shownBy(message, grant).stream())
                .reduce((newer, older) -> older)
                .map(shown -> new Shown(shown.message(), shown.stage(), shown.card(), grant.shownIn()));
    }

    private Optional<Shown> shownBy(Message message, Grant grant) {
        return GrantMetadata.of(message)
                .filter(metadata -> metadata.request().equals(grant.request()))
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
        for (Whisper whisper : Whisper.dueIn(story)) {
            if (!telling.hasSaid(whisper.key())) {
                whisper(telling, story.grant(), whisper);
            }
        }
    }

    /** A whisper that cannot be delivered to somebody (a hand-made grant may name anybody) is not tried for ever. */
    private void whisper(Telling telling, Grant grant, Whisper whisper) {
        try {
            String direct = web.directChannel(grant.holder().id());
            rememberWhispers(telling, direct, grant);
            if (!telling.hasSaid(whisper.key())) {
                web.post(direct, whisper.card(), GrantMetadata.whispered(grant.request(), whisper.key()));
            }
        } catch (SlackFailure e) {
            if (e.kind() != SlackFailure.Kind.REFUSED) {
                throw e;
            }
            LOG.warn(
                    "slack.whisper.refused request={} holder={} error={}",
                    grant.request(),
                    grant.holder().id(),
                    e.error());
        }
        telling.says(whisper.key());
    }

    /** The conversation itself says what was said in it, by an earlier process or by another one. */
    private void rememberWhispers(Telling telling, String direct, Grant grant) {
        web.oursSince(direct, grant.createdAt().minus(BEFORE_THE_GRANT)).stream()
                .flatMap(message -> GrantMetadata.of(message).stream())
                .filter(metadata -> metadata.request().equals(grant.request()))
                .flatMap(metadata -> metadata.whisper().stream())
                .forEach(telling::says);
    }

    private static String alarmKey(ShownStage stage) {
        return "alarm " + stage.word();
    }
}
