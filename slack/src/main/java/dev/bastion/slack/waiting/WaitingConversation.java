package dev.bastion.slack.waiting;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The private messages about waits: they are written first, and the {@link WaitingList} follows. */
final class WaitingConversation {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingConversation.class);

    private final SlackClient web;
    private final WaitingList list;

    WaitingConversation(SlackClient web, WaitingList list) {
        this.web = web;
        this.list = list;
    }

    /** The waits that the messages of a conversation tell of, each as its newest message says, also those that are over. */
    List<Waiting> read(String channel, Instant oldest) {
        return web.oursSince(channel, oldest).stream()
                .flatMap(message -> WaitingMetadata.of(message, channel).stream())
                .collect(Collectors.groupingBy(
                        Waiting::id,
                        Collectors.maxBy(
                                Comparator.comparing(waiting -> waiting.posted().value()))))
                .values()
                .stream()
                .flatMap(newest -> newest.stream())
                .toList();
    }

    List<Waiting> read(Waiting of) {
        return read(web.directChannel(of.user().value()), of.since().minusSeconds(60));
    }

    /** Posts the newest message of a wait. */
    Waiting post(Waiting waiting, SlackMessage message) {
        String channel = web.directChannel(waiting.user().value());
        AnnouncementRef posted = web.post(channel, message, new WaitingMetadata(waiting));
        Waiting now = waiting.in(posted);
        list.put(now);
        log(now);
        return now;
    }

    /** Edits the newest message of a wait. */
    void edit(Waiting waiting, SlackMessage message) {
        web.edit(waiting.posted(), message, new WaitingMetadata(waiting));
        list.put(waiting);
        log(waiting);
    }

    /** Posts another message, which people are notified of, and leaves the one before without buttons. */
    Waiting follow(Waiting before, Waiting next, SlackMessage message) {
        Waiting posted = post(next, message);
        web.edit(
                before.posted(),
                WaitingMessages.told(before),
                new WaitingMetadata(before.at(new Waiting.Stage.Over())));
        return posted;
    }

    /** Deletes an offer where another process posted one before it. */
    void deleteDuplicate(Waiting offered) {
        String channel = web.directChannel(offered.user().value());
        Optional<Waiting> first = web.oursSince(channel, offered.since().minusSeconds(60)).stream()
                .flatMap(message -> WaitingMetadata.of(message, channel).stream())
                .filter(one -> one.id().equals(offered.id()) && one.isOffered())
                .min(Comparator.comparing(one -> one.posted().value()));
        if (first.isPresent() && !first.get().message().equals(offered.message())) {
            web.delete(offered.posted());
            list.put(first.get());
        }
    }

    private static void log(Waiting waiting) {
        LOG.atInfo()
                .addKeyValue("waiting", waiting.id())
                .addKeyValue("user", waiting.user())
                .addKeyValue("environment", waiting.environment())
                .addKeyValue("stage", waiting.stage().getClass().getSimpleName())
                .log("slack.waiting");
    }
}
