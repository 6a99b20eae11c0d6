package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What our messages say of themselves. After a restart every grant of the last day is asked after, one by one, and their
 * messages stand side by side; so each question brings a page of the channel, which answers the next questions too.
 */
final class MessageCache {
    /** Another process may edit them; and what this one edits, it knows better. */
    static final Duration FRESH = Duration.ofMinutes(1);

    private record Read(DisplayedMessage shown, Instant at) {}

    private final SlackClient web;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AnnouncementRef, Read> read = new HashMap<>();

    MessageCache(SlackClient web, InstantSource clock) {
        this.web = web;
        this.clock = clock;
    }

    /** What that very message shows, if it is still there and ours. Whoever comes meanwhile waits for the same page. */
    Optional<DisplayedMessage> find(AnnouncementRef message) {
        lock.lock();
        try {
            Instant now = clock.instant();
            read.values().removeIf(page -> page.at().plus(FRESH).isBefore(now));
            if (!read.containsKey(message)) {
                web.oursUpTo(message)
                        .forEach((found, metadata) -> read.put(found, new Read(shown(found, metadata), now)));
            }
            return Optional.ofNullable(read.get(message)).map(Read::shown);
        } finally {
            lock.unlock();
        }
    }

    /** For what must be known as it is now. */
    void forget(AnnouncementRef message) {
        lock.lock();
        try {
            read.remove(message);
        } finally {
            lock.unlock();
        }
    }

    private static DisplayedMessage shown(AnnouncementRef message, Optional<MessageMetadata> metadata) {
        return DisplayedMessage.found(message, metadata.flatMap(MessageMetadata::stage));
    }
}
