package dev.bastion.slack.notify;

import com.slack.api.model.Message;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.util.List;

/**
 * What is said once in a conversation, whichever process says it. The conversation itself is the memory; and since Slack
 * cannot be told to post only if nobody has, of two that were posted at the same moment the later is taken back.
 */
final class IdempotentPoster {
    private final SlackClient web;

    IdempotentPoster(SlackClient web) {
        this.web = web;
    }

    /** Whether it was said just now: it is not, when it had been said before. */
    boolean say(String where, Instant since, SlackMessage card, MessageMetadata metadata) {
        List<AnnouncementRef> before = said(where, since, metadata);
        if (before.isEmpty()) {
            web.post(where, card, metadata);
        }
        List<AnnouncementRef> all = before.isEmpty() ? said(where, since, metadata) : before;
        // also what a process that was killed in between has left
        all.stream().skip(1).forEach(web::delete);
        return before.isEmpty();
    }

    /** The same thing said, oldest first. */
    private List<AnnouncementRef> said(String where, Instant since, MessageMetadata metadata) {
        return web.oursSince(where, since).stream()
                .filter(message ->
                        MessageMetadata.of(message).filter(metadata::equals).isPresent())
                .map(Message::getTs)
                .sorted()
                .map(ts -> new AnnouncementRef(where + "/" + ts))
                .toList();
    }
}
