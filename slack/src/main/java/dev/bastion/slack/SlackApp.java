package dev.bastion.slack;

import dev.bastion.access.FaultKind;
import dev.bastion.slack.command.CommandHandler;
import dev.bastion.slack.command.EphemeralReplies;
import dev.bastion.slack.command.RequestExecutor;
import dev.bastion.slack.command.RequestModalHandler;
import dev.bastion.slack.command.SlackRouter;
import dev.bastion.slack.command.UseCases;
import dev.bastion.slack.command.UserDirectory;
import dev.bastion.slack.message.CommitLinks;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.message.StatusMessages;
import dev.bastion.slack.notify.UnrecordedRequests;
import dev.bastion.slack.socket.DeliveryDeduplicator;
import dev.bastion.slack.socket.EnvelopeHandler;
import dev.bastion.slack.socket.InFlightTracker;
import dev.bastion.slack.socket.SocketModeConnection;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation: commands and buttons come in over Socket Mode, are acknowledged at once, done behind that, and
 * answered to whoever asked alone. Nothing in here is state; all of it may be killed at any moment.
 */
public final class SlackApp {
    private static final Logger LOG = LoggerFactory.getLogger(SlackApp.class);
    /** More than one, since the answer to a form is waited for, at most a second and a half. */
    private static final int ACKNOWLEDGING = 16;

    private final SocketModeConnection connection;
    private final EnvelopeHandler envelopes;
    private final ExecutorService acknowledging = acknowledging();
    private final InFlightTracker acknowledgements = new InFlightTracker(acknowledging);
    private final InFlightTracker work;
    private final UnrecordedRequests unrecorded;
    private final Backoff backoff;
    private final Executor executor;
    private final CountDownLatch stopping = new CountDownLatch(1);

    public SlackApp(SlackSettings settings, SlackClient web, UseCases cases, InstantSource clock, Executor executor) {
        this(settings, web, cases, clock, executor, Backoff.between(Duration.ofMillis(500), Duration.ofSeconds(30)));
    }

    SlackApp(
            SlackSettings settings,
            SlackClient web,
            UseCases cases,
            InstantSource clock,
            Executor executor,
            Backoff backoff) {
        this.backoff = backoff;
        this.executor = executor;
        this.unrecorded = new UnrecordedRequests(web, settings.channel(), cases.ledger(), cases.proposals(), clock);
        this.work = new InFlightTracker(executor);
        UserDirectory people = new UserDirectory(web, clock);
        SlackRouter front = new SlackRouter(
                new RequestExecutor(people, new EphemeralReplies(web), work),
                new CommandHandler(cases, new StatusMessages(new CommitLinks(settings.commitPages())), clock),
                new RequestModalHandler(web, people, cases.ledger(), cases.request(), clock, executor));
        this.envelopes = new EnvelopeHandler(
                front.app(web), new DeliveryDeduplicator(clock), number -> ErrorText.of(FaultKind.BUG, "", number));
        this.connection = new SocketModeConnection(web, settings, this::received, backoff, clock);
    }

    /** Begins to connect, and returns at once; whatever goes wrong is tried again for ever. */
    public void start() {
        connection.start();
        executor.execute(this::settleUnrecorded);
    }

    /** Whether Slack can reach us. */
    public boolean isConnected() {
        return connection.isConnected();
    }

    /** Accepts nothing more (Slack gives it to another connection), lets what has begun finish, and then hangs up. */
    public void stop(Duration patience) {
        stopping.countDown();
        // in this order: what is being acknowledged may yet become work
        boolean done = acknowledgements.drain(patience) && work.drain(patience);
        if (!done) {
            LOG.warn("slack.stop.unfinished patience={}", patience);
        }
        connection.close();
        acknowledging.shutdown();
    }

    /**
     * Threads of their own. Among the virtual ones, which take turns in the order they come, an acknowledgement would wait
     * behind everything that was asked before it, and Slack waits three seconds.
     */
    private static ExecutorService acknowledging() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                ACKNOWLEDGING,
                ACKNOWLEDGING,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("slack-ack-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** By the socket's own thread: must not block. */
    private void received(String message) {
        switch (EnvelopeHandler.kindOf(message)) {
            case "hello" -> LOG.info("slack.hello");
            case "disconnect" -> connection.refresh();
            case "slash_commands", "interactive", "events_api" -> accept(message);
            default -> LOG.debug("slack.message.ignored");
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
                LOG.error("slack.envelope.unanswered", e);
            }
        });
    }

    private void settleUnrecorded() {
        int failures = 0;
        Optional<Duration> wait = Optional.of(Duration.ZERO);
        while (wait.isPresent() && !isStoppingWithin(wait.get())) {
            try {
                wait = unrecorded.review();
                failures = 0;
            } catch (RuntimeException e) {
                failures++;
                wait = Optional.of(backoff.after(failures));
                LOG.warn("slack.unrecorded.delayed attempt={} reason={}", failures, e.toString());
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
