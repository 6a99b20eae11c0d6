package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.ApproveRetroactively;
import dev.bastion.access.EndGrant;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.ReviewProposals;
import dev.bastion.access.StartGrant;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.approval.DecisionLog;
import dev.bastion.access.approval.ReviewInSlack;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.outage.EndDuringOutage;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.reconcile.DetectUnapprovedGrants;
import dev.bastion.access.reconcile.EndUnapprovedGrant;
import dev.bastion.access.reconcile.RemindOfBreakGlass;
import dev.bastion.access.reconcile.ResolveMessages;
import dev.bastion.access.snapshot.BastionLook;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.troubleshooting.DiagnoseEnvironment;
import dev.bastion.access.troubleshooting.RememberedLayout;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.call.ApiCall;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.model.AppManifest;
import dev.bastion.sandbox.slack.model.SlackTiming;
import dev.bastion.slack.command.UseCases;
import dev.bastion.slack.command.UserDirectory;
import dev.bastion.slack.notify.Addressees;
import dev.bastion.slack.notify.Outbox;
import dev.bastion.slack.notify.SlackNotifier;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;

/**
 * A Slack over real sockets, a ledger in memory, and the service's side of the conversation, which can be killed and
 * restarted.
 */
public final class SlackWorld implements AutoCloseable {
    public static final Backoff QUICK = Backoff.between(Duration.ofMillis(5), Duration.ofMillis(50));

    /** The app has the scopes that people are told to give it, no more. */
    private static final Path MANIFEST = Path.of("../app/slack-manifest.yaml");

    private static final ExpiryTimer TIMER = new ExpiryTimer() {
        @Override
        public void arm(Grant grant) {}

        @Override
        public void disarm(EnvironmentName environment) {}
    };

    public final SlackServer slack;
    public final MemoryLedger ledger = new MemoryLedger("dev", "prod", "staging");
    /** What the ledger has of bastions. */
    public final List<Observation> observed = new CopyOnWriteArrayList<>();

    public final List<BastionObservation> bastions = new CopyOnWriteArrayList<>();
    /** What is added to the time of day. */
    public volatile Duration clockOffset = Duration.ZERO;

    public final InstantSource clock = () -> Clock.systemUTC().instant().plus(clockOffset);
    public final MemoryProposals proposals = new MemoryProposals(ledger, clock);
    public final SlackSettings settings;
    private ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private SlackClient web;
    private Outbox outbox;
    private SlackNotifier notifier;
    private SlackApp app;
    private UseCases cases;

    private Addressees addressees() {
        return new Addressees(List.of(Samples.MAX.id()), ledger.channels);
    }

    private SlackWorld(SlackServer slack) {
        this.slack = slack;
        var tokens = slack.workspace().tokens();
        this.settings =
                new SlackSettings(tokens.app(), tokens.bot(), SlackWorkspace.CHANNEL, slack.apiUrl(), Optional.empty());
        this.web = new SlackClient(settings, clock);
        this.outbox = new Outbox(settings, web, this::addressees, clock, executor, QUICK);
        this.notifier = new SlackNotifier(settings, outbox, clock);
        this.cases = newCases();
        this.app = new SlackApp(
                settings, web, outbox, cases, new UserDirectory(web, clock), () -> true, clock, executor, QUICK);
    }

    /**
     * Slack's own patience, so that a busy machine fails no test, and quick redeliveries, so that none waits for
     * minutes.
     */
    private static SlackTiming timing() {
        SlackTiming real = SlackTiming.real();
        return new SlackTiming(
                real.acknowledgement(), real.faster(60).redeliveries(), real.trigger(), real.responseUrl());
    }

    /** Slack's limits are off, so that tests are about what they say. */
    public static SlackWorld quiet() {
        SlackServer slack = SlackServer.start(SlackWorkspace.seeded(timing(), AppManifest.read(MANIFEST)), 0);
        slack.workspace().limitRates(false);
        return new SlackWorld(slack);
    }

    public static SlackWorld open() {
        SlackWorld world = quiet();
        world.app.start();
        world.connected();
        return world;
    }

    public SlackApp app() {
        return app;
    }

    public SlackNotifier notifier() {
        return notifier;
    }

    public Outbox outbox() {
        return outbox;
    }

    public SlackClient web() {
        return web;
    }

    public SlackWorkspace workspace() {
        return slack.workspace();
    }

    /** The instances that the inventory found without a grant. */
    public final List<UnexplainedInstance> unexplained = new CopyOnWriteArrayList<>();

    public void connected() {
        soon().until(() -> app.isConnected() && workspace().connections() > 0);
    }

    /** As kill -9: nothing is finished and nothing is said; then a new process starts. */
    public void killAndRestart() {
        kill();
        executor = Executors.newVirtualThreadPerTaskExecutor();
        web = new SlackClient(settings, clock);
        outbox = new Outbox(settings, web, this::addressees, clock, executor, QUICK);
        notifier = new SlackNotifier(settings, outbox, clock);
        cases = newCases();
        app = new SlackApp(
                settings, web, outbox, cases, new UserDirectory(web, clock), () -> true, clock, executor, QUICK);
        app.start();
        connected();
    }

    private void kill() {
        executor.shutdownNow();
        outbox.abort();
        app.stop(Duration.ZERO);
        web.close();
    }

    private record Observed(List<Observation> all) implements ObservationLog {
        @Override
        public Optional<Instant> oldest() {
            return all.stream().map(Observation::at).findFirst();
        }

        @Override
        public List<Observation> of(RequestId request) {
            return all.stream()
                    .filter(one -> one.subject().request().equals(request))
                    .toList();
        }

        @Override
        public void record(Observation observation) {
            all.add(observation);
        }
    }

    /** Of a ledger whose entries are signed. */
    private final class Decisions implements DecisionLog {
        @Override
        public boolean isSigned() {
            return true;
        }

        @Override
        public void record(Observation decision) {
            proposals.decided(decision);
        }
    }

    /** The requests that were refused at the command. */
    public final List<RequestId> refused = new CopyOnWriteArrayList<>();

    public UseCases cases() {
        return cases;
    }

    private UseCases newCases() {
        BastionMonitor watch = () -> {
            awsFault.ifPresent(fault -> {
                throw fault;
            });
            return List.copyOf(bastions);
        };
        SubmitForApproval approval = new SubmitForApproval(proposals, notifier);
        BastionLook look = new BastionLook(
                BastionPlaces.only(watch),
                lastReads()::bastions,
                BastionLook.PATIENCE,
                Runnable::run,
                new SilentLog(),
                clock);
        return new UseCases(
                new RequestAccess(ledger, approval, notifier, TIMER, clock),
                new ExtendGrant(ledger, approval, TIMER, clock),
                new EndDuringOutage(
                        new EndGrant(ledger, TIMER, clock), ledger, look, bastions::remove, new SilentLog(), clock),
                new WithdrawProposal(proposals, notifier),
                new ApproveRetroactively(ledger, clock),
                new ReportStatus(ledger, look, proposals, lastReads(), new SilentLog()),
                ledger,
                new Observed(observed),
                (request, why) -> refused.add(request.id()),
                proposals,
                new DiagnoseEnvironment(
                        ledger,
                        new DiagnoseEnvironment.Sources(
                                new Observed(observed),
                                proposals,
                                lastReads(),
                                new RememberedLayout(List::of),
                                (_, _) -> new ApplyStatus.Unknown(),
                                (_, found) -> found.addAll(diagnosed),
                                List::of),
                        clock),
                new ReviewInSlack(ledger, proposals, new Decisions(), notifier, clock));
    }

    /** What AWS says to the doctor. */
    public final List<Finding> diagnosed = new CopyOnWriteArrayList<>();

    /** What AWS answers instead of the bastions. */
    public volatile Optional<RuntimeException> awsFault = Optional.empty();

    /** When the reconcile pass last read each system; empty for never. */
    public volatile Optional<Instant> readAt = Optional.empty();

    public volatile Optional<Outage> githubOutage = Optional.empty();

    private LastReads lastReads() {
        return new LastReads() {
            @Override
            public Optional<Instant> ledgerReadAt() {
                return readAt;
            }

            @Override
            public Sightings bastions() {
                return Sightings.of(readAt.map(at -> new Reading<>(List.copyOf(bastions), at)));
            }

            @Override
            public Optional<Outage> pullRequests() {
                return githubOutage;
            }

            @Override
            public List<UnexplainedInstance> unexplainedInstances() {
                return List.copyOf(unexplained);
            }
        };
    }

    /** What the service does every few seconds about what waits, and about what nobody approved. */
    public void review() {
        review(notifier);
    }

    /** The same by another process, with its own memory of what people see. */
    public void review(SlackNotifier other) {
        FailureCollector failures = new FailureCollector(new SilentLog());
        new ReviewProposals(ledger, proposals, other, TIMER, clock).review(ledger.read(), proposals.look(), failures);
        new RemindOfBreakGlass(other, clock).remind(ledger.read(), failures);
        new DetectUnapprovedGrants(
                        new StartGrant(ledger, TIMER, other),
                        new EndUnapprovedGrant(ledger, proposals, TIMER, other, clock),
                        other)
                .check(
                        ledger.read(),
                        commit -> Optional.of(new Reading<>(proposals.mergedPullRequestOf(commit), clock.instant())),
                        failures);
        new ResolveMessages(ledger, other, clock).resolve(ledger.read(), proposals.look(), failures);
        failures.throwIfAny();
    }

    public SlackNotifier anotherProcess() {
        return new SlackNotifier(settings, new Outbox(settings, web, this::addressees, clock, executor, QUICK), clock);
    }

    /** The grant that is open in an environment. */
    public Grant grant(String environment) {
        return ledger.read().openGrants().stream()
                .filter(grant -> grant.environment().value().equals(environment))
                .findFirst()
                .orElseThrow();
    }

    public PastGrant past() {
        return ledger.endedSince(Instant.EPOCH).getFirst();
    }

    public void show(GrantStage stage) {
        notifier.show(new GrantStatus(grant("dev"), stage));
    }

    public void showPast(GrantStage stage) {
        notifier.show(new GrantStatus(past().grant(), stage));
    }

    /** The one message of the channel. */
    public Message message() {
        List<Message> messages = workspace().messages();
        if (messages.size() != 1) {
            throw new AssertionError("not one message but "
                    + messages.stream().map(Message::readable).toList());
        }
        return messages.getFirst();
    }

    public void messageSays(String text) {
        soon().untilAsserted(() -> assertThat(message().readable()).contains(text));
    }

    /** The last message that only this person received. */
    public void ephemeralSays(String person, String text) {
        soon().untilAsserted(() -> {
            List<String> told = ephemeralsOf(person);
            assertThat(told).last().as("all of it: %s", told).asString().contains(text);
        });
    }

    private List<String> ephemeralsOf(String person) {
        return workspace().ephemerals(person).stream()
                .filter(message -> message.author().equals(workspace().bot()))
                .map(Message::readable)
                .toList();
    }

    public List<String> holderMessages(String person) {
        return workspace().dms(person).stream().map(Message::text).toList();
    }

    public List<ApiCall> calls(String method) {
        return workspace().calls().stream()
                .filter(call -> call.method().equals(method))
                .toList();
    }

    /** What is so for a while, after everything that could have changed it was set off. */
    public static void stays(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(20))
                .during(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    public static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        kill();
        slack.close();
    }
}
