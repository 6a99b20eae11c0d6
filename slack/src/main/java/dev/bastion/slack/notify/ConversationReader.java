package dev.bastion.slack.notify;

import com.slack.api.model.Message;
import dev.bastion.slack.web.SlackClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reader of conversations that reads one once for all who wait for it: Slack allows few reads, and after a restart many
 * messages in the same conversation are looked for.
 */
final class ConversationReader {
    /** A read that began after its {@code number} was drawn. */
    private record Read(long number, Instant oldest, List<Message> messages) {}

    private static final class Conversation {
        private final ReentrantLock reading = new ReentrantLock();
        private final List<Instant> wanted = new ArrayList<>();
        private long numbers;
        private Optional<Read> last = Optional.empty();

        private synchronized long want(Instant oldest) {
            wanted.add(oldest);
            return numbers++;
        }

        private synchronized long next() {
            return numbers++;
        }

        private synchronized Instant oldestWanted() {
            return wanted.stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
        }

        private synchronized void keep(Read read) {
            last = Optional.of(read);
        }

        private synchronized Optional<Read> answering(long since, Instant oldest) {
            return last.filter(read -> read.number() > since && !read.oldest().isAfter(oldest));
        }

        /** The messages are forgotten when nobody waits for them. */
        private synchronized void done(Instant oldest) {
            wanted.remove(oldest);
            if (wanted.isEmpty()) {
                last = Optional.empty();
            }
        }
    }

    private final SlackClient web;
    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

    ConversationReader(SlackClient web) {
        this.web = web;
    }

    /** Our messages that are no older, newest first, as they are after this call begins; older ones may be among them. */
    List<Message> since(String channel, Instant oldest) {
        Conversation conversation = conversations.computeIfAbsent(channel, _ -> new Conversation());
        long called = conversation.want(oldest);
        conversation.reading.lock();
        try {
            Optional<Read> known = conversation.answering(called, oldest);
            if (known.isPresent()) {
                return known.get().messages();
            }
            long number = conversation.next();
            Instant from = conversation.oldestWanted();
            List<Message> messages = web.oursSince(channel, from);
            conversation.keep(new Read(number, from, messages));
            return messages;
        } finally {
            conversation.reading.unlock();
            conversation.done(oldest);
        }
    }
}
