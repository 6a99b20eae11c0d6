package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is to be told next of one request, and what has been. One thing is told at a time; of what waits meanwhile only
 * the newest is kept, because nobody needs yesterday's stage.
 */
final class NotificationQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private Optional<Notification> next = Optional.empty();
    private boolean busy;
    private boolean closed;
    private volatile Optional<DisplayedMessage> shown = Optional.empty();
    private volatile Optional<CompletableFuture<AnnouncementRef>> firstPost = Optional.empty();

    /** Whether the caller must see to it that somebody tells it. */
    boolean offer(Notification news) {
        return locked(() -> {
            next = next.filter(news::yieldsTo).or(() -> Optional.of(news));
            boolean starts = !busy && !closed;
            busy = busy || starts;
            return starts;
        });
    }

    /** What to tell now; empty when there is nothing left, and then whoever tells must stop. */
    Optional<Notification> take() {
        return locked(() -> {
            Optional<Notification> taken = closed ? Optional.empty() : next;
            next = Optional.empty();
            busy = taken.isPresent();
            changed.signalAll();
            return taken;
        });
    }

    /** What came while this was tried, or this again; empty when whoever tells must stop. */
    Optional<Notification> newerThan(Notification tried) {
        return locked(() -> {
            next = next.or(() -> Optional.of(tried));
            return take();
        });
    }

    /** It is not to be said any more that the request came to nothing. */
    void withdrawNothing() {
        locked(() -> next = next.filter(news -> !(news instanceof Notification.Nothing)));
    }

    /** Waits so long, or until this is closed. */
    void pause(Duration duration) {
        await(duration, () -> closed);
    }

    /** Waits until nothing is being told; false when it still is after so long. */
    boolean isQuietWithin(Duration duration) {
        return await(duration, () -> !busy);
    }

    void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
            return closed;
        });
    }

    Optional<DisplayedMessage> shown() {
        return shown;
    }

    void shows(DisplayedMessage now) {
        locked(() -> shown = Optional.of(now));
    }

    /** What Slack said people see, unless this process has shown something else since it was asked. */
    void learns(Optional<DisplayedMessage> before, DisplayedMessage found) {
        locked(() -> shown = shown.equals(before) ? Optional.of(found) : shown);
    }

    Optional<CompletableFuture<AnnouncementRef>> firstPost() {
        return firstPost;
    }

    void firstPost(CompletableFuture<AnnouncementRef> post) {
        firstPost = Optional.of(post);
    }

    boolean hasSaid(String key) {
        return said.contains(key);
    }

    void says(String key) {
        said.add(key);
    }

    private boolean await(Duration patience, BooleanSupplier wished) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (left > 0 && !wished.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
            return wished.getAsBoolean();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            closed = true;
            return wished.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
