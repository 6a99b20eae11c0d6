package dev.bastion.slack;

import com.slack.api.bolt.App;
import com.slack.api.model.event.AppHomeOpenedEvent;
import dev.bastion.access.troubleshooting.KnownRequests;
import dev.bastion.slack.command.CommandHandler;
import dev.bastion.slack.command.EphemeralReplies;
import dev.bastion.slack.command.HolderContact;
import dev.bastion.slack.command.RequestExecutor;
import dev.bastion.slack.command.RequestModalHandler;
import dev.bastion.slack.command.ReviewRoutes;
import dev.bastion.slack.command.SlackRouter;
import dev.bastion.slack.command.UseCases;
import dev.bastion.slack.command.UserDirectory;
import dev.bastion.slack.command.WaitingRoutes;
import dev.bastion.slack.home.HomePublisher;
import dev.bastion.slack.message.CommitLinks;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.notify.Outbox;
import dev.bastion.slack.notify.UnrecordedRequests;
import dev.bastion.slack.socket.DeliveryDeduplicator;
import dev.bastion.slack.socket.EnvelopeHandler;
import dev.bastion.slack.socket.InFlightTracker;
import dev.bastion.slack.socket.SocketModeConnection;
import dev.bastion.slack.status.StatusMessages;
import dev.bastion.slack.waiting.WaitForEnvironment;
import dev.bastion.slack.waiting.WaitingList;
import dev.bastion.slack.waiting.WaitingRound;
import dev.bastion.slack.waiting.WaitingScan;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation with people: commands and buttons arrive over Socket Mode, are acknowledged at once, executed after
 * that, and answered to the person alone. It holds no state and may be killed at any moment.
 */
public final class SlackApp {
    private static final Logger LOG = LoggerFactory.getLogger(SlackApp.class);
    /** More than one, because the check of a modal takes up to a second and a half before its acknowledgement. */
    private static final int ACKNOWLEDGING_THREADS = 16;

    private static final Duration FEW_SECONDS = Duration.ofSeconds(5);

    private final SlackClient web;
    private final SocketModeConnection connection;
    private final EnvelopeHandler envelopes;
    private final ExecutorService acknowledgingThreads = acknowledgingThreads();
    private final InFlightTracker acknowledgements = new InFlightTracker(acknowledgingThreads);
    private final InFlightTracker work;
    private final HomePublisher homes;
    private final WaitingRound waits;
    private final WaitingScan waitingScan;
    private final WaitingList waiting = new WaitingList();
    private final AtomicBoolean isRescanAsked = new AtomicBoolean();
    private final BooleanSupplier leads;
    private final UnrecordedRequests unrecorded;
    private final Backoff backoff;
    private final Executor executor;
    private final AtomicInteger reviewsAsked = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** @param leads whether this replica tells the people who wait for an environment that it is free */
    public SlackApp(
            SlackSettings settings,
            SlackClient web,
            Outbox outbox,
            UseCases cases,
            UserDirectory users,
            BooleanSupplier leads,
            InstantSource clock,
            Executor executor) {
        this(
                settings,
                web,
                outbox,
                cases,
                users,
                leads,
                clock,
                executor,
                Backoff.between(Duration.ofMillis(500), Duration.ofSeconds(30)));
    }

    SlackApp(
            SlackSettings settings,
            SlackClient web,
            Outbox outbox,
            UseCases cases,
            UserDirectory users,
            BooleanSupplier leads,
            InstantSource clock,
            Executor executor,
            Backoff backoff) {
        this.leads = leads;
        this.web = web;
        this.backoff = backoff;
        this.executor = executor;
        this.unrecorded =
                new UnrecordedRequests(web, outbox, settings.channel(), cases.ledger(), cases.proposals(), clock);
        this.work = new InFlightTracker(executor);
        RequestExecutor requests = new RequestExecutor(
                users,
                new EphemeralReplies(web),
                work,
                new KnownRequests(cases.ledger(), cases.proposals(), clock),
                this::reviewLater,
                clock);
        CommandHandler commands =
                new CommandHandler(cases, new StatusMessages(new CommitLinks(settings.commitPages())), waiting, clock);
        SlackRouter router = new SlackRouter(
                requests,
                commands,
                new RequestModalHandler(web, users, cases.ledger(), cases.request(), clock, executor),
                new HolderContact(web, cases.ledger(), clock),
                clock);
        this.homes = new HomePublisher(web, users, cases.status(), waiting, clock);
        this.waits = new WaitingRound(web, waiting, cases.ledger(), users::whyNoAccess, clock);
        this.waitingScan = new WaitingScan(web, waiting, clock);
        App app = routes(router);
        new ReviewRoutes(web, requests, cases.review()).addTo(app);
        new WaitingRoutes(requests, commands, new WaitForEnvironment(web, waiting, cases.ledger(), clock)).addTo(app);
        this.envelopes = new EnvelopeHandler(app, new DeliveryDeduplicator(clock), ErrorText::ofBug);
        this.connection = new SocketModeConnection(web, settings, this::received, backoff, clock);
    }

    /** Starts to connect, and returns at once; a failed connection is retried until the service stops. */
    public void start() {
        unrecorded.begin();
        connection.start();
        reviewLater();
        executor.execute(() -> everyFewSeconds(this::refreshHomes));
        executor.execute(() -> everyFewSeconds(this::lookAtWaits));
    }

    private App routes(SlackRouter router) {
        App app = router.app(web);
        app.event(AppHomeOpenedEvent.class, (payload, context) -> {
            if ("home".equals(payload.getEvent().getTab())) {
                work.start(() -> homes.opened(payload.getEvent().getUser()));
            }
            return context.ack();
        });
        return app;
    }

    private void everyFewSeconds(Runnable round) {
        while (!isStoppingWithin(FEW_SECONDS)) {
            round.run();
        }
    }

    void refreshHomes() {
        homes.refresh();
    }

    /** Finds the people who wait for an environment, and tells the one whose turn it is. */
    synchronized void lookAtWaits() {
        if (isRescanAsked.getAndSet(false)) {
            waitingScan.begin();
        }
        waitingScan.step();
        if (leads.getAsBoolean()) {
            waits.run();
        }
    }

    /** A number that grows when a wait begins, changes or ends here. */
    public long waitsVersion() {
        return waiting.version();
    }

    /** Looks soon for waits that other replicas know. */
    public void rescanWaits() {
        isRescanAsked.set(true);
    }

    /** Whether Slack can reach the service. */
    public boolean isConnected() {
        return connection.isConnected();
    }

    /** Whether people can reach the service and the service can write to them. */
    public boolean isReady() {
        return isConnected() && setupProblems().isEmpty();
    }

    /** What a person must repair before Slack takes the service's calls, a line each with the remedy. */
    public List<String> setupProblems() {
        return web.setupProblems();
    }

    /** Accepts nothing more (Slack gives it to another connection), lets running work finish, and then disconnects. */
    public void stop(Duration patience) {
        stopping.countDown();
        // In this order: an envelope that is being acknowledged may still become work.
        boolean done = acknowledgements.drain(patience) && work.drain(patience);
        if (!done) {
            LOG.atWarn().addKeyValue("patience", patience).log("slack.stop.unfinished");
        }
        connection.close();
        acknowledgingThreads.shutdown();
    }

    /**
     * Platform threads for acknowledgements alone. Virtual threads run in the order they come, so an acknowledgement would
     * wait behind earlier work, and Slack waits three seconds.
     */
    private static ExecutorService acknowledgingThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                ACKNOWLEDGING_THREADS,
                ACKNOWLEDGING_THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("slack-ack-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Runs on the socket's own thread: must not block. */
    private void received(String message) {
        switch (EnvelopeHandler.kindOf(message)) {
            case "hello" -> LOG.atInfo().log("slack.hello");
            case "disconnect" -> connection.refresh();
            case "slash_commands", "interactive", "events_api" -> accept(message);
            default -> LOG.atDebug().log("slack.message.ignored");
        }
    }

    private void accept(String message) {
        if (isStopping()) {
            return;
        }
        acknowledgements.start(() -> {
            try {
                envelopes.handle(message, connection::send);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("slack.envelope.unanswered");
            }
        });
    }

    /** Looks for requests that may not have been recorded, once their push can no longer arrive. */
    public void reviewLater() {
        if (reviewsAsked.getAndIncrement() == 0) {
            executor.execute(this::reviewUnrecorded);
        }
    }

    /** One review at a time, and another one after it where it was asked for meanwhile. */
    private void reviewUnrecorded() {
        int asked;
        do {
            asked = reviewsAsked.get();
            reviewUntilJudged();
        } while (!reviewsAsked.compareAndSet(asked, 0) && !isStopping());
    }

    private void reviewUntilJudged() {
        int failures = 0;
        Optional<Duration> wait = Optional.of(Duration.ZERO);
        while (wait.isPresent() && !isStoppingWithin(wait.get())) {
            try {
                wait = unrecorded.review();
                failures = 0;
            } catch (RuntimeException e) {
                failures++;
                wait = Optional.of(backoff.after(failures));
                LOG.atWarn()
                        .addKeyValue("attempt", failures)
                        .addKeyValue("reason", e.toString())
                        .log("slack.unrecorded.delayed");
            }
        }
    }

    private boolean isStopping() {
        return isStoppingWithin(Duration.ZERO);
    }

    private boolean isStoppingWithin(Duration patience) {
        try {
            return stopping.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
