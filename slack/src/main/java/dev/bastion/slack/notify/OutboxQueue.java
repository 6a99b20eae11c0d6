package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.notify.OutgoingMessage.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The messages of one request that wait for Slack, and the memory of what this process sent. Each lane is worked off by one
 * thread at a time, in order. Of updates of the live message only the newest waits.
 */
final class OutboxQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Deque<OutgoingMessage>> waiting = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    /** The message of each lane that is being sent. */
    private final Map<String, OutgoingMessage> current = new HashMap<>();
    /** Those of them that may be sent again. */
    private final Set<OutgoingMessage> forgotten = new HashSet<>();
    /** The names of the messages that were sent and of the edits that were made once. */
    private final Set<String> sent = new HashSet<>();
    /** The recipients of private messages that were sent, by the message's key. */
    private final Map<String, Set<Recipient.User>> recipients = new HashMap<>();
    /** The names of the messages that Slack refused, for any reason. */
    private final Set<String> refused = new HashSet<>();
    /** The messages that Slack would refuse again. */
    private final Set<OutgoingMessage> hopeless = new HashSet<>();

    private boolean closed;
    private boolean isDecided;
    private volatile Optional<Instant> untoldSince = Optional.empty();
    private volatile Optional<DisplayedMessage> displayed = Optional.empty();
    private volatile Optional<CompletableFuture<AnnouncementRef>> firstPost = Optional.empty();

    /** Whether the caller must start to work off the message's lane. */
    boolean offer(OutgoingMessage message) {
        return locked(() -> {
            isDecided |= message instanceof Update update && update.isDecided();
            if (closed || isKnown(message)) {
                return false;
            }
            Deque<OutgoingMessage> lane = lane(message.lane());
            if (message instanceof Update update) {
                boolean outdated = lane.peek() instanceof Update newest && update.yieldsTo(newest);
                if (!outdated) {
                    lane.clear();
                    lane.add(update);
                }
            } else {
                lane.add(message);
            }
            return busy.add(message.lane());
        });
    }

    /** Drops what a later message of the lane replaces. */
    private static void dropOutdated(Deque<OutgoingMessage> lane) {
        List<OutgoingMessage> all = List.copyOf(lane);
        lane.clear();
        for (int i = 0; i < all.size(); i++) {
            OutgoingMessage message = all.get(i);
            if (all.subList(i + 1, all.size()).stream().noneMatch(newer -> isReplaced(message, newer))) {
                lane.add(message);
            }
        }
    }

    private static boolean isReplaced(OutgoingMessage older, OutgoingMessage newer) {
        return older instanceof OneTime before && newer instanceof OneTime after && after.replaces(before);
    }

    private boolean isKnown(OutgoingMessage message) {
        return isOver(message)
                || (!(message instanceof Update)
                        && lane(message.lane()).stream()
                                .anyMatch(other -> other.name().equals(message.name())));
    }

    /** Whether nothing is to be sent: it was, or Slack refuses it, or the request has been decided and needs no approver. */
    private boolean isOver(OutgoingMessage message) {
        return hopeless.contains(message)
                || sent.contains(message.name())
                || (isDecided && message instanceof OneTime once && once.asksToApprove());
    }

    /** The next message of the lane; empty when none is left, and then the caller must stop. */
    Optional<OutgoingMessage> take(String lane) {
        return locked(() -> {
            Deque<OutgoingMessage> left = lane(lane);
            // The same may have been offered again while it was being sent.
            left.removeIf(this::isOver);
            Optional<OutgoingMessage> next = closed ? Optional.empty() : Optional.ofNullable(left.poll());
            next.ifPresent(message -> current.put(lane, message));
            if (next.isEmpty()) {
                current.remove(lane);
                busy.remove(lane);
            }
            changed.signalAll();
            return next;
        });
    }

    /** The message that failed, or the one that replaces it; empty when the caller must stop. */
    Optional<OutgoingMessage> takeAgain(OutgoingMessage failed) {
        return locked(() -> {
            Deque<OutgoingMessage> lane = lane(failed.lane());
            if (lane.isEmpty() || !(failed instanceof Update)) {
                lane.addFirst(failed);
            }
            dropOutdated(lane);
            return take(failed.lane());
        });
    }

    /** The lane's messages have no thread to send them. */
    void release(String lane) {
        locked(() -> busy.remove(lane));
    }

    /** A waiting failure of the request is out of date: the request is being recorded again. */
    void forgetFailedRequest() {
        locked(() -> lane(OutgoingMessage.LIVE).removeIf(OutgoingMessage.FailedRequest.class::isInstance));
    }

    boolean isQuiet() {
        return isQuietWithin(Duration.ZERO);
    }

    /** Waits until nothing is being sent; false when it still is after so long. */
    boolean isQuietWithin(Duration duration) {
        return await(duration, busy::isEmpty);
    }

    /** Waits so long while one of them is being sent, then returns whether each was sent or refused. */
    boolean areSettledWithin(Duration duration, Collection<OneTime> messages) {
        await(duration, () -> closed || messages.stream().noneMatch(each -> busy.contains(each.lane())));
        return locked(() ->
                messages.stream().map(OneTime::name).allMatch(name -> sent.contains(name) || refused.contains(name)));
    }

    /** Since when the live message shows the end while its person does not know it; empty if the person knows. */
    Optional<Instant> untoldSince() {
        return untoldSince;
    }

    void isTold(boolean told, Instant now) {
        locked(() -> untoldSince = told ? Optional.empty() : Optional.of(untoldSince.orElse(now)));
    }

    void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
            return closed;
        });
    }

    void settle(OutgoingMessage message) {
        locked(() -> {
            if (message instanceof OneTime(var _, var _, Recipient.User user, String key, var _)) {
                recipients.computeIfAbsent(key, _ -> new HashSet<>()).add(user);
            }
            return !forgotten.remove(message) && sent.add(message.name());
        });
    }

    /** What was sent or is being sent may be sent again. */
    void forget() {
        locked(() -> {
            sent.clear();
            return forgotten.addAll(current.values());
        });
    }

    /** The people to whom this process sent private messages with such a key. */
    Set<Recipient.User> recipients(Predicate<String> key) {
        return locked(() -> recipients.entrySet().stream()
                .filter(sentTo -> key.test(sentTo.getKey()))
                .flatMap(sentTo -> sentTo.getValue().stream())
                .collect(Collectors.toSet()));
    }

    /**
     * Remembers that Slack refused the message.
     *
     * @param isHopeless whether the very same message would be refused again, and is not taken any more
     * @return whether this is the first refusal of a message of this name
     */
    boolean refuse(OutgoingMessage message, boolean isHopeless) {
        return locked(() -> {
            if (isHopeless) {
                hopeless.add(message);
            }
            return refused.add(message.name());
        });
    }

    Optional<DisplayedMessage> displayed() {
        return displayed;
    }

    void display(DisplayedMessage now) {
        locked(() -> displayed = Optional.of(now));
    }

    /** A post whose answer was lost may be there all the same: that nothing is displayed is known no longer. */
    void forgetThatNothingIsDisplayed() {
        locked(() -> displayed = displayed.filter(found -> found.message().isPresent()));
    }

    /** Records the live message that Slack reported, unless this process has changed it since its read. */
    void learn(Optional<DisplayedMessage> before, DisplayedMessage found) {
        locked(() -> displayed = displayed.equals(before) ? Optional.of(found) : displayed);
    }

    /** The post of the live message, while Slack has not answered it. */
    Optional<CompletableFuture<AnnouncementRef>> unansweredPost() {
        return firstPost.filter(post -> !post.isDone());
    }

    /** Whether a post of the live message failed, so that it may be there all the same. */
    boolean mayBePosted() {
        return firstPost.filter(CompletableFuture::isCompletedExceptionally).isPresent();
    }

    void firstPost(CompletableFuture<AnnouncementRef> post) {
        firstPost = Optional.of(post);
    }

    private Deque<OutgoingMessage> lane(String name) {
        return waiting.computeIfAbsent(name, _ -> new ArrayDeque<>());
    }

    private boolean await(Duration patience, BooleanSupplier wanted) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (left > 0 && !wanted.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
            return wanted.getAsBoolean();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            closed = true;
            return wanted.getAsBoolean();
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
