package dev.bastion.app.slack;

import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.Announcer;
import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantStory;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Person;
import dev.bastion.access.Proposal;
import dev.bastion.access.ProposalStory;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.RequestId;
import dev.bastion.access.Wanting;
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
public final class SlackAnnouncer implements Announcer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlackAnnouncer.class);
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final Duration NOT_ASKED_AGAIN_FOR = Duration.ofSeconds(30);
    /** Then the news is dropped; whoever follows the grant brings it again. */
    private static final int MOST_ATTEMPTS = 30;

    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final int MANY = 5_000;

    private final SlackWeb web;
    private final String channel;
    private final GrantCard cards;
    private final ConsentCards consents;
    private final Herald herald;
    private final Notices notices;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Executor executor;
    private final Map<RequestId, Telling> tellings = new ConcurrentHashMap<>();
    private volatile Instant notAskedBefore = Instant.EPOCH;

    public SlackAnnouncer(SlackSettings settings, SlackWeb web, InstantSource clock, Executor executor) {
        this(settings, web, clock, executor, Backoff.between(Duration.ofMillis(500), Duration.ofMinutes(1)));
    }

    SlackAnnouncer(SlackSettings settings, SlackWeb web, InstantSource clock, Executor executor, Backoff backoff) {
        this.web = web;
        this.channel = settings.channel();
        this.cards = new GrantCard(new CommitPages(settings.commitPages()));
        this.herald = new Herald(web, new ReadMessages(web, clock), channel, cards);
        this.consents = new ConsentCards(new CommitPages(settings.commitPages()));
        this.notices = new Notices(web, channel, executor);
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
        return posted(change.id(), change.environment(), ProposalCard.proposed(change));
    }

    private Optional<AnnouncementRef> posted(RequestId request, EnvironmentName environment, Card card) {
        Telling telling = telling(request);
        telling.withdrawNothing();
        Optional<AnnouncementRef> before = telling.shown().flatMap(Shown::message);
        if (before.isPresent()) {
            return before;
        }
        GrantMetadata metadata = GrantMetadata.shown(request, environment, ShownStage.REQUESTED);
        return within(BOUND, "slack.request.unshown", firstPost(telling, card, metadata));
    }

    private CompletableFuture<AnnouncementRef> firstPost(Telling telling, Card card, GrantMetadata metadata) {
        CompletableFuture<AnnouncementRef> post = started(() -> {
            AnnouncementRef message = web.post(channel, card, metadata);
            telling.shows(Shown.now(message, ShownStage.REQUESTED, card, Optional.empty()));
            return message;
        });
        telling.firstPost(post);
        return post;
    }

    @Override
    public void cameToNothing(AnnouncementRef announcement, LedgerChange.Open change, String why) {
        RequestId request = change.request().id();
        Card card = GrantCard.notRecorded(request, Optional.of(change.environment()), why);
        tell(request, new News.Nothing(announcement, request, change.environment(), card));
    }

    @Override
    public void cameToNothing(AnnouncementRef announcement, ProposedChange change, String why) {
        Card card = ProposalCard.cameToNothing(change, why);
        tell(change.id(), new News.Nothing(announcement, change.id(), change.environment(), card));
    }

    @Override
    public void show(ProposalStory story) {
        tell(story.proposal().id(), new News.Asked(story));
    }

    @Override
    public void askToApprove(Proposal proposal, List<Person> approvers, int round) {
        Instant since = Subject.of(proposal).since();
        Card card = ConsentCards.asksToApprove(proposal, round);
        notices.bring(approvers.stream()
                .map(person -> new Notice(proposal.id(), since, Optional.of(person.id()), "to approve " + round, card))
                .toList());
    }

    @Override
    public void brokeGlass(Grant grant, List<Person> approvers) {
        Instant since = Subject.of(grant).since();
        String key = "broken glass";
        List<Notice> due = new ArrayList<>();
        due.add(new Notice(grant.request(), since, Optional.empty(), key, consents.brokeGlass(grant)));
        if (!ConsentCards.isEndorsed(grant)) {
            Card card = consents.asksToEndorse(grant);
            approvers.forEach(
                    person -> due.add(new Notice(grant.request(), since, Optional.of(person.id()), key, card)));
        }
        notices.bring(due);
    }

    /** By commit, because a request's id can be written by hand, twice. */
    @Override
    public void openWithoutApproval(Grant grant, CommitId by, List<Wanting> missing) {
        String key = "without approval " + by.brief();
        notices.bring(List.of(new Notice(
                grant.request(),
                Subject.of(grant).since(),
                Optional.empty(),
                key,
                consents.withoutApproval(grant, by, missing))));
    }

    @Override
    public void show(GrantStory story) {
        tell(story.grant().request(), new News.Story(story));
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        Telling telling = telling(past.grant().request());
        Optional<Shown> known = telling.shown();
        if (known.isPresent()) {
            return known.get().says(ShownStage.GONE);
        }
        if (clock.instant().isBefore(notAskedBefore)) {
            return false;
        }
        Optional<Shown> found =
                within(BOUND, "slack.message.unknown", started(() -> herald.locate(telling, Subject.of(past.grant()))));
        if (found.isEmpty()) {
            notAskedBefore = clock.instant().plus(NOT_ASKED_AGAIN_FOR);
        }
        return found.filter(shown -> shown.says(ShownStage.GONE)).isPresent();
    }

    private void tell(RequestId request, News news) {
        Telling telling = telling(request);
        if (telling.offer(news)) {
            try {
                executor.execute(() -> run(request, telling));
            } catch (RejectedExecutionException e) {
                LOG.warn("slack.telling.late request={} reason={}", request, e.getMessage());
                telling.close();
            }
        }
    }

    private void run(RequestId request, Telling telling) {
        telling.firstPost().ifPresent(post -> within(BOUND.multipliedBy(5), "slack.request.unshown", post));
        int failures = 0;
        Optional<News> news = telling.take();
        while (news.isPresent()) {
            try {
                herald.tell(telling, news.get());
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

    private Optional<News> later(RequestId request, Telling telling, News news, SlackFailure failure, int failures) {
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

    private Telling telling(RequestId request) {
        if (tellings.size() > MANY) {
            tellings.values()
                    .removeIf(telling -> telling.shown()
                                    .flatMap(Shown::stage)
                                    .filter(ShownStage::isLast)
                                    .isPresent()
                            && telling.isQuietWithin(Duration.ZERO));
        }
        return tellings.computeIfAbsent(request, _ -> new Telling());
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
        Instant deadline = clock.instant().plus(LAST_WORDS);
        for (Telling telling : List.copyOf(tellings.values())) {
            Duration left = Duration.between(clock.instant(), deadline);
            telling.isQuietWithin(left.isNegative() ? Duration.ZERO : left);
        }
        hangUp();
    }

    /** Stops in the middle of the word. */
    void hangUp() {
        tellings.values().forEach(Telling::close);
    }
}
