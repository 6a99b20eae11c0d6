package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.slack.message.ApproverMessages;
import dev.bastion.slack.message.CommitLinks;
import dev.bastion.slack.message.GrantMessage;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import dev.bastion.slack.web.SlackSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message per grant in the channel, edited as the grant goes on. Only {@link #requested} and, once after a restart,
 * {@link #hasShownGone} wait for Slack, and neither for long; everything else is told behind the scenes, grant by grant
 * in order, again and again until Slack takes it.
 */
public final class SlackNotifier implements Notifier, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlackNotifier.class);
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final Duration NOT_ASKED_AGAIN_FOR = Duration.ofSeconds(30);
    /** Then the news is dropped; whoever follows the grant brings it again. */
    private static final int MOST_ATTEMPTS = 30;

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_ENTRIES = 5_000;

    private final SlackClient web;
    private final String channel;
    private final GrantMessage cards;
    private final ApproverMessages approvalTexts;
    private final ChannelMessagePublisher channelMessages;
    private final OneTimeMessages notices;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Executor executor;
    private final Map<RequestId, NotificationQueue> tellings = new ConcurrentHashMap<>();
    private volatile Instant notAskedBefore = Instant.EPOCH;

    public SlackNotifier(SlackSettings settings, SlackClient web, InstantSource clock, Executor executor) {
        this(settings, web, clock, executor, Backoff.between(Duration.ofMillis(500), Duration.ofMinutes(1)));
    }

    public SlackNotifier(
            SlackSettings settings, SlackClient web, InstantSource clock, Executor executor, Backoff backoff) {
        this.web = web;
        this.channel = settings.channel();
        this.cards = new GrantMessage(new CommitLinks(settings.commitPages()));
        this.channelMessages = new ChannelMessagePublisher(web, new MessageCache(web, clock), channel, cards);
        this.approvalTexts = new ApproverMessages(new CommitLinks(settings.commitPages()));
        this.notices = new OneTimeMessages(web, channel, executor);
        this.backoff = backoff;
        this.clock = clock;
        this.executor = executor;
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        return posted(change.request().id(), change.environment(), cards.requested(change));
    }

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        return posted(change.id(), change.environment(), ProposalMessage.proposed(change));
    }

    private Optional<AnnouncementRef> posted(RequestId request, EnvironmentName environment, SlackMessage card) {
        NotificationQueue telling = telling(request);
        telling.withdrawNothing();
        Optional<AnnouncementRef> before = telling.shown().flatMap(DisplayedMessage::message);
        if (before.isPresent()) {
            return before;
        }
        MessageMetadata metadata = MessageMetadata.shown(request, environment, DisplayedStage.REQUESTED);
        return within(BOUND, "slack.request.unshown", firstPost(telling, card, metadata));
    }

    private CompletableFuture<AnnouncementRef> firstPost(
            NotificationQueue telling, SlackMessage card, MessageMetadata metadata) {
        CompletableFuture<AnnouncementRef> post = started(() -> {
            AnnouncementRef message = web.post(channel, card, metadata);
            telling.shows(DisplayedMessage.now(message, DisplayedStage.REQUESTED, card, Optional.empty()));
            return message;
        });
        telling.firstPost(post);
        return post;
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why) {
        RequestId request = change.request().id();
        SlackMessage card = GrantMessage.notRecorded(request, Optional.of(change.environment()), why);
        tell(request, new Notification.Nothing(announcement, request, change.environment(), card));
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {
        SlackMessage card = ProposalMessage.requestFailed(change, why);
        tell(change.id(), new Notification.Nothing(announcement, change.id(), change.environment(), card));
    }

    @Override
    public void show(ProposalStatus story) {
        tell(story.proposal().id(), new Notification.Asked(story));
    }

    @Override
    public void askToApprove(Proposal proposal, List<Person> approvers, int round) {
        Instant since = MessageSubject.of(proposal).since();
        SlackMessage card = ApproverMessages.asksToApprove(proposal, round);
        notices.bring(approvers.stream()
                .map(person ->
                        new OneTimeMessage(proposal.id(), since, Optional.of(person.id()), "to approve " + round, card))
                .toList());
    }

    @Override
    public void usedBreakGlass(Grant grant, List<Person> approvers) {
        Instant since = MessageSubject.of(grant).since();
        String key = "broken glass";
        List<OneTimeMessage> due = new ArrayList<>();
        due.add(new OneTimeMessage(grant.request(), since, Optional.empty(), key, approvalTexts.usedBreakGlass(grant)));
        if (!ApproverMessages.isApproved(grant)) {
            SlackMessage card = approvalTexts.asksToApprove(grant);
            approvers.forEach(
                    person -> due.add(new OneTimeMessage(grant.request(), since, Optional.of(person.id()), key, card)));
        }
        notices.bring(due);
    }

    /** By commit, because a request's id can be written by hand, twice. */
    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        String key = "without approval " + by.brief();
        notices.bring(List.of(new OneTimeMessage(
                grant.request(),
                MessageSubject.of(grant).since(),
                Optional.empty(),
                key,
                approvalTexts.withoutApproval(grant, by, evaluation))));
    }

    @Override
    public void show(GrantStatus story) {
        tell(story.grant().request(), new Notification.Story(story));
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        NotificationQueue telling = telling(past.grant().request());
        Optional<DisplayedMessage> known = telling.shown();
        if (known.isPresent()) {
            return known.get().says(DisplayedStage.GONE);
        }
        if (clock.instant().isBefore(notAskedBefore)) {
            return false;
        }
        Optional<DisplayedMessage> found = within(
                BOUND,
                "slack.message.unknown",
                started(() -> channelMessages.locate(telling, MessageSubject.of(past.grant()))));
        if (found.isEmpty()) {
            notAskedBefore = clock.instant().plus(NOT_ASKED_AGAIN_FOR);
        }
        return found.filter(shown -> shown.says(DisplayedStage.GONE)).isPresent();
    }

    private void tell(RequestId request, Notification news) {
        NotificationQueue telling = telling(request);
        if (telling.offer(news)) {
            try {
                executor.execute(() -> run(request, telling));
            } catch (RejectedExecutionException e) {
                LOG.warn("slack.telling.late request={} reason={}", request, e.getMessage());
                telling.close();
            }
        }
    }

    private void run(RequestId request, NotificationQueue telling) {
        telling.firstPost().ifPresent(post -> within(BOUND.multipliedBy(5), "slack.request.unshown", post));
        int failures = 0;
        Optional<Notification> news = telling.take();
        while (news.isPresent()) {
            try {
                channelMessages.tell(telling, news.get());
                failures = 0;
                news = telling.take();
            } catch (SlackFailure e) {
                failures++;
                news = failures < MOST_ATTEMPTS ? later(request, telling, news.get(), e, failures) : telling.take();
            } catch (RuntimeException e) {
                LOG.error("slack.telling.failed request={}", request, e);
                news = telling.take();
            }
        }
    }

    private Optional<Notification> later(
            RequestId request, NotificationQueue telling, Notification news, SlackFailure failure, int failures) {
        boolean refused = failure.kind() == SlackFailure.Kind.REFUSED;
        Duration pause = refused ? backoff.longest() : backoff.after(failures);
        Duration wait = pause.compareTo(failure.retryAfter()) < 0 ? failure.retryAfter() : pause;
        LOG.warn(
                "slack.telling.delayed request={} attempt={} wait={} reason={}",
                request,
                failures,
                wait,
                failure.getMessage());
        telling.pause(wait);
        return telling.newerThan(news);
    }

    private NotificationQueue telling(RequestId request) {
        if (tellings.size() > MAX_ENTRIES) {
            tellings.values()
                    .removeIf(telling -> telling.shown()
                                    .flatMap(DisplayedMessage::stage)
                                    .filter(DisplayedStage::isLast)
                                    .isPresent()
                            && telling.isQuietWithin(Duration.ZERO));
        }
        return tellings.computeIfAbsent(request, _ -> new NotificationQueue());
    }

    private <T> CompletableFuture<T> started(java.util.function.Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> Optional<T> within(Duration bound, String event, CompletableFuture<T> result) {
        try {
            return Optional.of(result.get(bound.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "{} reason={}",
                    event,
                    String.valueOf(
                            e.getCause() == null
                                    ? "no answer in " + bound
                                    : e.getCause().getMessage()));
            return Optional.empty();
        }
    }

    /** Tells what is still to be told, for a few seconds at most, and stops. What is left is told after the next start. */
    @Override
    public void close() {
        Instant deadline = clock.instant().plus(FLUSH_TIMEOUT);
        for (NotificationQueue telling : List.copyOf(tellings.values())) {
            Duration left = Duration.between(clock.instant(), deadline);
            telling.isQuietWithin(left.isNegative() ? Duration.ZERO : left);
        }
        abort();
    }

    /** Stops in the middle of the word. */
    public void abort() {
        tellings.values().forEach(NotificationQueue::close);
    }
}
