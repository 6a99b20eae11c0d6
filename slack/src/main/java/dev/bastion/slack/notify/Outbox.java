package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.slack.message.CommitLinks;
import dev.bastion.slack.message.GrantMessage;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.DelayedExecutor;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import dev.bastion.slack.web.SlackSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Everything that the service sends to Slack by itself: live messages, messages sent once, alarms. One queue for each
 * request; a failure that can pass is retried with back-off; one that cannot is logged once, and the message goes another way. What was posted
 * is found again in Slack, so that nothing is posted twice, also after a restart.
 */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration BOUND = Duration.ofSeconds(2);
    /** About a day; then the message is dropped. Who follows a grant offers its messages again. */
    private static final int MOST_ATTEMPTS = 1_500;

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(3);
    /** How long the last private message may fail after the channel has shown the end. */
    static final Duration PRIVATE_PATIENCE = Duration.ofMinutes(10);

    /** Slack delivers a command again for some minutes, to any replica. */
    static final Duration REDELIVERED = Duration.ofMinutes(10);

    private static final int MOST_QUEUES = 5_000;
    private static final int MOST_REFUSALS = 5;

    private final SlackClient web;
    private final ChannelRoutes channels;
    private final PostedMessages posted;
    private final LiveMessageDelivery live;
    private final OneTimeDelivery oneTime;
    private final MessageEdits edits;
    private final AlternativeRoute routes;
    private final ClaimedPost claimed;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Executor executor;
    private final DelayedExecutor later;
    private final Map<RequestId, OutboxQueue> queues = new ConcurrentHashMap<>();
    private final Deque<String> refusals = new ConcurrentLinkedDeque<>();
    /** Whether an earlier process may have posted live messages that this one does not know. */
    private volatile boolean hasUnknownPast;

    /**
     * @param addressees to whom messages go, as the ledger has it now
     * @param claims of the replicas that share the work
     */
    public Outbox(
            SlackSettings settings,
            SlackClient web,
            Supplier<Addressees> addressees,
            MessageClaims claims,
            InstantSource clock,
            Executor executor) {
        this(
                settings,
                web,
                addressees,
                claims,
                clock,
                executor,
                Backoff.between(Duration.ofMillis(500), Duration.ofMinutes(1)));
    }

    public Outbox(
            SlackSettings settings,
            SlackClient web,
            Supplier<Addressees> addressees,
            InstantSource clock,
            Executor executor,
            Backoff backoff) {
        this(settings, web, addressees, MessageClaims.UNSHARED, clock, executor, backoff);
    }

    Outbox(
            SlackSettings settings,
            SlackClient web,
            Supplier<Addressees> addressees,
            MessageClaims claims,
            InstantSource clock,
            Executor executor,
            Backoff backoff) {
        this(
                settings,
                web,
                addressees,
                claims,
                clock,
                executor,
                backoff,
                DelayedExecutor.on(executor),
                LiveMessageDelivery.PATIENCE);
    }

    /**
     * @param later tries again what failed
     * @param patience how long a last stage waits for its private message; zero where one thread does everything
     */
    public Outbox(
            SlackSettings settings,
            SlackClient web,
            Supplier<Addressees> addressees,
            MessageClaims claims,
            InstantSource clock,
            Executor executor,
            Backoff backoff,
            DelayedExecutor later,
            Duration patience) {
        this.claimed = new ClaimedPost(claims);
        this.web = web;
        this.later = later;
        this.channels =
                new ChannelRoutes(settings.channel(), () -> addressees.get().channels());
        this.posted = new PostedMessages(web, channels, clock);
        GrantMessage grantMessages = new GrantMessage(new CommitLinks(settings.commitPages()));
        this.live =
                new LiveMessageDelivery(web, posted, channels, grantMessages, this::offer, claimed, clock, patience);
        this.edits = new MessageEdits(web, posted, channels);
        this.oneTime = new OneTimeDelivery(web, posted, edits, channels, claimed);
        this.routes = new AlternativeRoute(grantMessages, () -> addressees.get().owners());
        this.backoff = backoff;
        this.clock = clock;
        this.executor = executor;
    }

    /** Takes a message, and returns at once. One that was sent, that waits or that Slack refused is taken only once. */
    void offer(OutgoingMessage message) {
        OutboxQueue queue = queue(message.request());
        if (!queue.offer(message)) {
            return;
        }
        try {
            WorkContext context = contextOf(message);
            executor.execute(() -> context.run(() -> workOff(queue, message.lane())));
        } catch (RejectedExecutionException e) {
            queue.release(message.lane());
            event(LOG.atWarn(), message).addKeyValue("reason", e.getMessage()).log("slack.message.late");
        }
    }

    /** All messages of a queue are about one request; who offers one often knows its environment. */
    private static WorkContext contextOf(OutgoingMessage message) {
        WorkContext context = WorkContext.current().with(message.request());
        return message.environment().map(context::with).orElse(context);
    }

    /** Takes the messages of that id again that were sent before. */
    void forget(RequestId request) {
        queue(request).forget();
    }

    /** Forgets what other replicas may have changed in Slack; what waits here is sent. */
    public void takeOver() {
        queues.values().removeIf(OutboxQueue::isQuiet);
    }

    /** Until {@link #learnPast}, the live message of a new request is looked for in Slack before it is posted. */
    void expectPast() {
        hasUnknownPast = true;
    }

    /** Takes note of the live messages that Slack has: a request that is delivered again is not shown twice. */
    void learnPast(Map<RequestId, DisplayedMessage> found) {
        found.forEach((request, message) -> queue(request).learn(Optional.empty(), message));
        hasUnknownPast = false;
    }

    /** Posts the live message of a new request; empty when Slack does not take it within two seconds. */
    Optional<AnnouncementRef> post(RequestId request, EnvironmentName environment, SlackMessage message) {
        OutboxQueue queue = queue(request);
        queue.forgetFailedRequest();
        Optional<AnnouncementRef> before = queue.displayed().flatMap(DisplayedMessage::message);
        if (before.isPresent()) {
            return before;
        }
        MessageMetadata metadata = MessageMetadata.of(request, Optional.of(environment), DisplayedStage.REQUESTED);
        String channel = channels.of(Optional.of(environment));
        Instant since = clock.instant().minus(REDELIVERED);
        Instant latest = clock.instant().plus(BOUND);
        boolean mayBePosted = hasUnknownPast || queue.mayBePosted();
        CompletableFuture<AnnouncementRef> post = started(() -> {
            AnnouncementRef reference = claimed.of(
                    request,
                    DisplayedStage.REQUESTED.word(),
                    REDELIVERED,
                    () -> (mayBePosted ? posted.search(request, channel, since) : Optional.<AnnouncementRef>empty())
                            .orElseGet(() -> claimed.of(
                                    request, OutgoingMessage.LIVE, () -> web.post(channel, message, metadata))));
            if (clock.instant().isAfter(latest)) {
                // nobody waited for it: the grant is on record without it, and another process may have shown it
                reference = posted.keepOldest(request, reference, since);
            }
            queue.display(DisplayedMessage.now(reference, DisplayedStage.REQUESTED, message, Optional.empty()));
            return reference;
        });
        queue.firstPost(post);
        return BoundedWait.within(BOUND, post, "slack.request.unshown");
    }

    /** What this process last displayed, or knows to be displayed, of the request. */
    Optional<DisplayedMessage> displayed(RequestId request) {
        return queue(request).displayed();
    }

    /** The people to whom this process sent private messages about the request, with such a key. */
    Set<Recipient.User> recipients(RequestId request, Predicate<String> key) {
        return queue(request).recipients(key);
    }

    /** The live message of the subject as Slack has it; empty when Slack does not answer within two seconds. */
    Optional<DisplayedMessage> find(MessageSubject subject) {
        OutboxQueue queue = queue(subject.request());
        return BoundedWait.within(BOUND, started(() -> posted.displayed(queue, subject)), "slack.message.unknown");
    }

    private void workOff(OutboxQueue queue, String lane) {
        if (lane.equals(OutgoingMessage.LIVE)) {
            queue.unansweredPost()
                    .ifPresent(post -> BoundedWait.within(BOUND.multipliedBy(5), post, "slack.request.unshown"));
        }
        workOff(queue, lane, queue.take(lane), 0);
    }

    /** @param failures of the first one, so far */
    private void workOff(OutboxQueue queue, String lane, Optional<OutgoingMessage> first, int failures) {
        Optional<OutgoingMessage> next = first;
        int failed = failures;
        while (next.isPresent()) {
            Optional<SlackFailure> failure = send(queue, next.get());
            failed = failure.isPresent() ? failed + 1 : 0;
            next = failure.isPresent() ? afterFailure(queue, next.get(), failure.get(), failed) : queue.take(lane);
        }
    }

    private Optional<SlackFailure> send(OutboxQueue queue, OutgoingMessage message) {
        try {
            switch (message) {
                case OutgoingMessage.Update update -> live.send(queue, update);
                case OutgoingMessage.OneTime once -> {
                    oneTime.send(once);
                    queue.settle(once);
                }
                case OutgoingMessage.Resolved resolved -> {
                    edits.send(resolved);
                    queue.settle(resolved);
                }
            }
            return Optional.empty();
        } catch (SlackFailure e) {
            if (e.kind() == SlackFailure.Kind.DOWN) {
                queue.forgetThatNothingIsDisplayed();
            }
            return Optional.of(e);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            queue.refuse(message, true);
            event(LOG.atError(), message).setCause(e).log("slack.message.failed");
            return Optional.empty();
        }
    }

    private Optional<OutgoingMessage> afterFailure(
            OutboxQueue queue, OutgoingMessage message, SlackFailure failure, int failures) {
        if (!failure.canBeRetried()) {
            boolean isFirst = queue.refuse(message, !failure.isSetupProblem());
            if (isFirst && !(message instanceof OutgoingMessage.Resolved)) {
                failed(message, failure, failures).log("slack.message.refused");
                remember(message, failure);
                routes.of(message, failure).forEach(this::offer);
            }
            return isForLater(message, failure)
                    ? takeAgainLater(queue, message, failure, failures)
                    : queue.take(message.lane());
        }
        if (failures >= MOST_ATTEMPTS) {
            failed(message, failure, failures).log("slack.message.abandoned");
            return queue.take(message.lane());
        }
        if (isTooLate(queue, message)) {
            failed(message, failure, failures).log("slack.message.rerouted");
            queue.refuse(message, true);
            remember(message, failure);
            routes.of(message, failure).forEach(this::offer);
            return queue.take(message.lane());
        }
        event(LOG.atWarn(), message)
                .addKeyValue("attempt", failures)
                .addKeyValue("reason", failure.getMessage())
                .log("slack.message.delayed");
        return takeAgainLater(queue, message, failure, failures);
    }

    /** The last messages that Slack refused for what they are or whom they are for, a line each. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    private void remember(OutgoingMessage message, SlackFailure failure) {
        if (!failure.isSetupProblem()) {
            refusals.addFirst("Slack refused \"" + message.name() + "\" of request " + message.request() + " with "
                    + failure.error() + " at " + clock.instant() + "; it went another way.");
            if (refusals.size() > MOST_REFUSALS) {
                refusals.pollLast();
            }
        }
    }

    /** What has no other way waits until the channel or the token is repaired; nobody offers an alarm again. */
    private static boolean isForLater(OutgoingMessage message, SlackFailure failure) {
        return failure.isSetupProblem()
                && message instanceof OutgoingMessage.OneTime once
                && (failure.isTokenProblem() || !(once.recipient() instanceof Recipient.User));
    }

    /** Whether the channel has shown the end for so long that the private message must reach its reader on another way. */
    private boolean isTooLate(OutboxQueue queue, OutgoingMessage message) {
        Instant latest = clock.instant().minus(PRIVATE_PATIENCE);
        return message instanceof OutgoingMessage.OneTime once
                && once.recipient() instanceof Recipient.User
                && queue.untoldSince().filter(latest::isAfter).isPresent();
    }

    /** Empty while the lane pauses. */
    private Optional<OutgoingMessage> takeAgainLater(
            OutboxQueue queue, OutgoingMessage message, SlackFailure failure, int failures) {
        if (failures >= MOST_ATTEMPTS) {
            return queue.take(message.lane());
        }
        later.execute(
                backoff.after(failures, failure),
                () -> workOff(queue, message.lane(), queue.takeAgain(message), failures));
        return Optional.empty();
    }

    private static LoggingEventBuilder failed(OutgoingMessage message, SlackFailure failure, int failures) {
        LoggingEventBuilder event = event(LOG.atError(), message)
                .addKeyValue("attempt", failures)
                .addKeyValue("error", failure.error())
                .addKeyValue("reason", failure.getMessage());
        return message instanceof OutgoingMessage.OneTime once
                ? event.addKeyValue("text", once.message().text())
                : event;
    }

    private static LoggingEventBuilder event(LoggingEventBuilder event, OutgoingMessage message) {
        return event.addKeyValue("request", message.request()).addKeyValue("slack_message", message.name());
    }

    private OutboxQueue queue(RequestId request) {
        if (queues.size() > MOST_QUEUES) {
            queues.values()
                    .removeIf(queue -> queue.isQuiet()
                            && queue.displayed()
                                    .flatMap(DisplayedMessage::stage)
                                    .map(DisplayedStage::isLast)
                                    .orElse(true));
        }
        return queues.computeIfAbsent(request, _ -> new OutboxQueue());
    }

    private <T> CompletableFuture<T> started(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends the pending messages, for a few seconds at most, and stops. The next start sends the rest. */
    @Override
    public void close() {
        Instant deadline = clock.instant().plus(FLUSH_TIMEOUT);
        for (OutboxQueue queue : List.copyOf(queues.values())) {
            Duration left = Duration.between(clock.instant(), deadline);
            queue.isQuietWithin(left.isNegative() ? Duration.ZERO : left);
        }
        abort();
    }

    /** Stops at once, as a killed process does. */
    public void abort() {
        queues.values().forEach(OutboxQueue::close);
    }
}
