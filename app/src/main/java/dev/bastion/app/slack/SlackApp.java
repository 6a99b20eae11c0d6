package dev.bastion.app.slack;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import dev.bastion.access.Person;
import dev.bastion.access.RequestId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation: commands and buttons come in over Socket Mode, are acknowledged at once, done behind that, and
 * answered to whoever asked alone. Nothing in here is state; all of it may be killed at any moment.
 */
public final class SlackApp {
    private static final Logger LOG = LoggerFactory.getLogger(SlackApp.class);
    private static final Pattern ANY_COMMAND = Pattern.compile("/.+");

    private final SlackConnection connection;
    private final Envelopes envelopes;
    private final InFlight work;
    private final Desk desk;
    private final Answers answers;
    private final UnrecordedRequests unrecorded;
    private final Backoff backoff;
    private final Executor executor;
    private final CountDownLatch stopping = new CountDownLatch(1);

    public SlackApp(SlackSettings settings, SlackWeb web, UseCases cases, InstantSource clock, Executor executor) {
        this(settings, web, cases, clock, executor, Backoff.between(Duration.ofMillis(500), Duration.ofSeconds(30)));
    }

    SlackApp(
            SlackSettings settings,
            SlackWeb web,
            UseCases cases,
            InstantSource clock,
            Executor executor,
            Backoff backoff) {
        this.backoff = backoff;
        this.executor = executor;
        this.unrecorded = new UnrecordedRequests(web, settings.channel(), cases.ledger(), clock);
        this.work = new InFlight(executor);
        this.desk = new Desk(new People(web, clock), new Replies(web), work);
        this.answers = new Answers(cases, new StatusCards(new CommitPages(settings.commitPages())), clock);
        this.envelopes = new Envelopes(app(web), new SeenBefore(clock));
        this.connection = new SlackConnection(web, settings, this::received, backoff, clock);
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
        if (!work.drain(patience)) {
            LOG.warn("slack.stop.unfinished patience={}", patience);
        }
        connection.close();
    }

    /** By the socket's own thread: must not block. */
    private void received(String message) {
        switch (Envelopes.kindOf(message)) {
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
        work.start(() -> {
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
                wait = unrecorded.settle();
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

    private App app(SlackWeb web) {
        // No middleware: Bolt's would call auth.test before a handler may acknowledge.
        App app = new App(AppConfig.builder().build(), web.slack(), new ArrayList<>());
        app.command(ANY_COMMAND, (request, context) -> {
            command(request.getPayload());
            return context.ack();
        });
        for (Button button : Button.values()) {
            app.blockAction(button.action(), (request, context) -> {
                pressed(button, request.getPayload());
                return context.ack();
            });
        }
        return app;
    }

    private void command(SlashCommandPayload payload) {
        Asker asker = new Asker(
                payload.getUserId(),
                Optional.ofNullable(payload.getChannelId()),
                Optional.ofNullable(payload.getResponseUrl()),
                RequestId.derivedFrom(payload.getTriggerId()),
                Optional.of(payload.getTriggerId()));
        Command command =
                CommandParser.parse(Optional.ofNullable(payload.getText()).orElse(""));
        LOG.info(
                "slack.command request={} user={} command={}",
                asker.request(),
                asker.user(),
                command.getClass().getSimpleName());
        Function<Person, Card> answer = person -> answers.to(command, person, asker.request());
        desk.receive(asker, command instanceof Command.Destroy ? forAnybody(asker, answer) : Desk.forMembers(answer));
    }

    private void pressed(Button button, BlockActionPayload payload) {
        Asker asker = new Asker(
                payload.getUser().getId(),
                Optional.ofNullable(payload.getChannel()).map(BlockActionPayload.Channel::getId),
                Optional.ofNullable(payload.getResponseUrl()),
                RequestId.derivedFrom(payload.getTriggerId()),
                Optional.of(payload.getTriggerId()));
        String value = payload.getActions().getFirst().getValue();
        LOG.info("slack.button request={} user={} button={}", asker.request(), asker.user(), button);
        Function<Person, Card> answer = person -> answers.to(button, person, new RequestId(value));
        desk.receive(asker, button == Button.END ? forAnybody(asker, answer) : Desk.forMembers(answer));
    }

    /**
     * Ending access needs no proof of who one is beyond the id Slack signed: it can only take away, and must work while
     * Slack does not say who is a guest.
     */
    private static Function<Identity, Card> forAnybody(Asker asker, Function<Person, Card> answer) {
        Function<Identity, Card> members = Desk.forMembers(answer);
        return identity -> identity instanceof Identity.Unknown
                ? answer.apply(Person.of(asker.user(), asker.user()))
                : members.apply(identity);
    }
}
