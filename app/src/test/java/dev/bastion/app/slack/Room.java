package dev.bastion.app.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.BastionWatch;
import dev.bastion.access.CheckConsent;
import dev.bastion.access.EndorseGrant;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.ExpiryTimer;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantStory;
import dev.bastion.access.PastGrant;
import dev.bastion.access.ProposeChange;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.RevokeGrant;
import dev.bastion.access.SettleProposals;
import dev.bastion.access.Sighting;
import dev.bastion.access.Stage;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.sandbox.slack.ApiCall;
import dev.bastion.sandbox.slack.Message;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;

/** A Slack over real sockets, a ledger in memory, and our side of the conversation, which may be killed and started anew. */
final class Room implements AutoCloseable {
    static final Backoff QUICK = Backoff.between(Duration.ofMillis(5), Duration.ofMillis(50));

    private static final ExpiryTimer TIMER = new ExpiryTimer() {
        @Override
        public void arm(Grant grant) {}

        @Override
        public void disarm(EnvironmentName environment) {}
    };

    final SlackServer slack;
    final MemoryLedger ledger = new MemoryLedger("dev", "prod", "staging");
    final List<Sighting> bastions = new CopyOnWriteArrayList<>();
    /** What is added to the time of day. */
    volatile Duration later = Duration.ZERO;

    final InstantSource clock = () -> Clock.systemUTC().instant().plus(later);
    final MemoryBoard board = new MemoryBoard(ledger, clock);
    final SlackSettings settings;
    private ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private SlackWeb web;
    private SlackAnnouncer announcer;
    private SlackApp app;

    private Room(SlackServer slack) {
        this.slack = slack;
        var tokens = slack.workspace().tokens();
        this.settings =
                new SlackSettings(tokens.app(), tokens.bot(), SlackWorkspace.CHANNEL, slack.apiUrl(), Optional.empty());
        this.web = new SlackWeb(settings, clock);
        this.announcer = new SlackAnnouncer(settings, web, clock, executor, QUICK);
        this.app = new SlackApp(settings, web, cases(), clock, executor, QUICK);
    }

    /** Slack's own patience, so that a busy machine fails no test, and quick redeliveries, so that none waits for minutes. */
    private static Timing timing() {
        Timing real = Timing.real();
        return new Timing(real.acknowledgement(), real.faster(60).redeliveries(), real.trigger(), real.responseUrl());
    }

    /** Slack's limits are off, so that tests are about what they say. */
    static Room quiet() {
        SlackServer slack = SlackServer.start(SlackWorkspace.seeded(timing()), 0);
        slack.workspace().limitRates(false);
        return new Room(slack);
    }

    static Room open() {
        Room room = quiet();
        room.app.start();
        room.connected();
        return room;
    }

    SlackApp app() {
        return app;
    }

    SlackAnnouncer announcer() {
        return announcer;
    }

    SlackWeb web() {
        return web;
    }

    SlackWorkspace workspace() {
        return slack.workspace();
    }

    void connected() {
        soon().until(() -> app.isConnected() && workspace().connections() > 0);
    }

    /** As kill -9: nothing is finished and nothing is said; then a new process starts. */
    void killAndRestart() {
        kill();
        executor = Executors.newVirtualThreadPerTaskExecutor();
        web = new SlackWeb(settings, clock);
        announcer = new SlackAnnouncer(settings, web, clock, executor, QUICK);
        app = new SlackApp(settings, web, cases(), clock, executor, QUICK);
        app.start();
        connected();
    }

    private void kill() {
        executor.shutdownNow();
        announcer.hangUp();
        app.stop(Duration.ZERO);
        web.close();
    }

    UseCases cases() {
        BastionWatch watch = () -> List.copyOf(bastions);
        ProposeChange others = new ProposeChange(Optional.of(board), announcer);
        return new UseCases(
                new RequestAccess(ledger, others, announcer, TIMER, clock),
                new ExtendGrant(ledger, others, TIMER, clock),
                new RevokeGrant(ledger, TIMER, clock),
                Optional.of(new WithdrawProposal(board, announcer)),
                new EndorseGrant(ledger, clock),
                new ReportStatus(ledger, watch, Optional.of(board)),
                ledger,
                Optional.of(board));
    }

    /** What the service does every few seconds about what waits, and about what nobody approved. */
    void settle() {
        settle(announcer);
    }

    /** The same by another process, with its own memory of what people see. */
    void settle(SlackAnnouncer others) {
        new SettleProposals(ledger, board, others, TIMER, clock).settle();
        new CheckConsent(ledger, board, others).check();
    }

    SlackAnnouncer anotherProcess() {
        return new SlackAnnouncer(settings, web, clock, executor, QUICK);
    }

    /** The grant that is open in an environment. */
    Grant grant(String environment) {
        return ledger.read().openGrants().stream()
                .filter(grant -> grant.environment().value().equals(environment))
                .findFirst()
                .orElseThrow();
    }

    PastGrant past() {
        return ledger.endedSince(java.time.Instant.EPOCH).getFirst();
    }

    void show(Stage stage) {
        announcer.show(new GrantStory(grant("dev"), stage));
    }

    void showPast(Stage stage) {
        announcer.show(new GrantStory(past().grant(), stage));
    }

    /** The one message of the channel. */
    Message message() {
        List<Message> messages = workspace().messages();
        if (messages.size() != 1) {
            throw new AssertionError("not one message but "
                    + messages.stream().map(Message::readable).toList());
        }
        return messages.getFirst();
    }

    void messageSays(String text) {
        soon().untilAsserted(() -> assertThat(message().readable()).contains(text));
    }

    /** The last thing that we told somebody alone. */
    void toldAlone(String person, String text) {
        soon().untilAsserted(() -> {
            List<String> told = toldAlone(person);
            assertThat(told).last().as("all of it: %s", told).asString().contains(text);
        });
    }

    private List<String> toldAlone(String person) {
        return workspace().ephemerals(person).stream()
                .filter(message -> message.author().equals(workspace().bot()))
                .map(Message::readable)
                .toList();
    }

    List<String> whispers(String person) {
        return workspace().dms(person).stream().map(Message::text).toList();
    }

    List<ApiCall> calls(String method) {
        return workspace().calls().stream()
                .filter(call -> call.method().equals(method))
                .toList();
    }

    /** What is so for a while, after everything that could have changed it was set off. */
    static void stays(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(20))
                .during(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        kill();
        slack.close();
    }
}
