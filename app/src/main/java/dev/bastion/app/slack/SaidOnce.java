package dev.bastion.app.slack;

import com.slack.api.model.Message;
import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said once in a conversation, whichever process says it. The conversation itself is the memory; and since Slack
 * cannot be told to post only if nobody has, of two that were posted at the same moment the later is taken back.
 */
final class SaidOnce {
    private final SlackWeb web;

    SaidOnce(SlackWeb web) {
        this.web = web;
    }

    /** The keys of what was said there about a request. */
    Set<String> keys(String where, RequestId request, Instant since) {
        return about(where, request, since).stream()
                .flatMap(metadata -> metadata.whisper().stream())
                .collect(Collectors.toSet());
    }

    void say(String where, Instant since, Card card, GrantMetadata metadata) {
        AnnouncementRef mine = web.post(where, card, metadata);
        List<String> all = web.oursSince(where, since).stream()
                .filter(message ->
                        GrantMetadata.of(message).filter(metadata::equals).isPresent())
                .map(Message::getTs)
                .sorted()
                .toList();
        if (!all.isEmpty() && !mine.value().endsWith("/" + all.getFirst())) {
            web.delete(mine);
        }
    }

    private List<GrantMetadata> about(String where, RequestId request, Instant since) {
        return web.oursSince(where, since).stream()
                .flatMap(message -> GrantMetadata.of(message).stream())
                .filter(metadata -> metadata.request().equals(request))
                .toList();
    }
}
