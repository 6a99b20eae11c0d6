package dev.bastion.app;

import dev.bastion.access.ApproveRetroactively;
import dev.bastion.access.EndGrant;
import dev.bastion.access.ExpireGrants;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.AnchorStore;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.reconcile.Reconcile;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.app.aws.AwsPlatform;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsReading;
import dev.bastion.app.health.HealthCondition;
import dev.bastion.app.health.HealthServer;
import dev.bastion.app.health.Liveness;
import dev.bastion.app.health.MeteredLedger;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.status.GithubApplyMonitor;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.anchor.AnchorWriter;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.scheduler.QuartzScheduling;
import dev.bastion.slack.SlackApp;
import dev.bastion.slack.command.UseCases;
import dev.bastion.slack.notify.ChannelAlarms;
import dev.bastion.slack.notify.Outbox;
import dev.bastion.slack.notify.SlackNotifier;
import dev.bastion.slack.web.SlackClient;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: every part of the service, wired by hand. At start it restores its state from git alone, so a
 * killed
 * process loses nothing.
 */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);
    private static final Duration SETUP_RECHECK = Duration.ofMinutes(1);
    private static final Duration INSTALLATION_EVERY = Duration.ofMinutes(10);
    /** How long the first read of the remote may take before the clone on disk serves. */
    private static final Duration FIRST_READ = Duration.ofSeconds(5);

    private static final Duration ANCHORS_RECHECK = Duration.ofMinutes(1);
    private static final Duration OUTAGE_RECHECK = Duration.ofSeconds(5);
    /** How long a stopping service waits for running work. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    /** The least age at which the last read of the ledger counts as stale. */
    private static final Duration STALE_AFTER = Duration.ofMinutes(1);

    private final Settings settings;
    private final InstantSource clock;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** The opened parts; the last opened is closed first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Empty until the remote or the clone on disk was read. */
    private volatile Optional<MeteredLedger> ledger = Optional.empty();

    private volatile Optional<Reconcile> reconcile = Optional.empty();
    private volatile Optional<GithubClient> github = Optional.empty();
    private volatile Optional<GithubIntegration> integration = Optional.empty();
    private volatile Optional<SlackApp> slack = Optional.empty();
    private volatile Optional<InstallationMonitor> installation = Optional.empty();
    private volatile Optional<AnchorMonitor> anchors = Optional.empty();
    private volatile Supplier<List<String>> refusals = List::of;

    Service(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Starts every part, and returns when the service works or {@link #close} was called. It retries an unreachable remote
     * without end; meanwhile {@code /readyz} reports the service as not ready, people are answered, and the clone on disk,
     * if there is one, says which grants end when.
     *
     * @throws dev.bastion.access.port.PolicyProblems when the access policy at the head of the branch is invalid
     */
    void start() {
        new JvmMemoryMetrics().bindTo(metrics);
        Liveness liveness =
                new Liveness(Thread.currentThread(), settings.schedule().stuckAfter(), clock);
        opened(new HealthServer(
                settings.http().host(), settings.http().port(), liveness.conditions(), readiness(), metrics));
        SlackClient web = opened(new SlackClient(ModuleSettings.slack(settings), clock));
        Outbox outbox = opened(new Outbox(ModuleSettings.slack(settings), web, this::owners, clock, work));
        AlarmRecorder alarms = new AlarmRecorder(metrics, new ChannelAlarms(outbox, clock)::alarm);
        github = ModuleSettings.github(settings).map(at -> opened(new GithubClient(at)));
        integration = github.map(client -> new GithubIntegration(settings, client, clock));
        installation = Optional.of(new InstallationMonitor(this::diagnose, alarms, metrics));
        refusals = outbox::refusals;
        run(opened(unread(new LedgerAlarmNotifier(alarms))), web, outbox, alarms, liveness);
    }

    private void run(GitGrantLedger git, SlackClient web, Outbox outbox, AlarmRecorder alarms, Liveness liveness) {
        SlackNotifier notifier = new SlackNotifier(ModuleSettings.slack(settings), outbox, clock);
        settings.remarks()
                .forEach(remark -> LOG.atWarn().addKeyValue("remark", remark).log("settings.remark"));
        MeteredLedger watched = new MeteredLedger(git, metrics, clock);
        AwsPlatform aws = opened(new AwsPlatform(
                settings.aws().region(),
                ModuleSettings.awsEndpoint(settings),
                LedgerName.of(settings.ledger().remote())));
        QuartzScheduling scheduling = opened(new QuartzScheduling(clock, DRAIN));
        AtomicReference<@Nullable ExpireGrants> expiry = new AtomicReference<>();
        ExpiryTimer timer = scheduling.expiryTimer(
                grant -> Objects.requireNonNull(expiry.get()).expire(grant));
        expiry.set(new ExpireGrants(watched, timer, clock));
        GitForge at = integration.map(known -> known.of(git)).orElseGet(GitForge::none);
        ReconcileLogger log = new ReconcileLogger(metrics, alarms);
        Reconcile pass = reconcile(watched, at, git.layout(clock), aws, notifier, timer, log);
        UseCases cases = useCases(watched, at.proposals(), notifier, timer, aws, pass, log);
        SlackApp app = new SlackApp(ModuleSettings.slack(settings), web, outbox, cases, clock, work);
        slack = Optional.of(app);
        parts.push(() -> app.stop(DRAIN));
        app.start();
        LedgerOutageMonitor outages = new LedgerOutageMonitor(watched::unansweredSince, alarms, clock);
        scheduling.every(OUTAGE_RECHECK, "ledger.outage", outages::look);
        scheduling.every(SETUP_RECHECK, "slack.setup", web::recheckSetup);
        scheduling.every(INSTALLATION_EVERY, "installation", this::lookAtInstallation);
        anchors = AnchorPlaces.of(settings, github).map(store -> anchors(store, alarms));
        scheduling.start();
        if (isLedgerKnown(git, watched)) {
            ledger = Optional.of(watched);
            reconcile = Optional.of(pass);
            scheduling.every(ReconcileWiring.PASS_EVERY, "reconcile", pass::pass);
            scheduling.every(ANCHORS_RECHECK, "anchors", this::anchor);
            liveness.require(scheduling::isRunning, pass::lastFinished);
            LOG.atInfo().log("service.started");
        }
    }

    /** In a thread of its own: a system that does not answer must not hold the scheduler. */
    private void lookAtInstallation() {
        installation.ifPresent(monitor -> work.execute(monitor::look));
    }

    private AnchorMonitor anchors(AnchorStore store, AlarmRecorder alarms) {
        if (store instanceof AutoCloseable closeable) {
            parts.push(closeable);
        }
        AnchorWriter writer = new AnchorWriter(ModuleSettings.ledger(settings, github), store);
        return new AnchorMonitor(writer::write, store.place(), alarms, clock);
    }

    /** In a thread of its own, as above. */
    private void anchor() {
        anchors.ifPresent(monitor -> work.execute(monitor::look));
    }

    private Diagnosis diagnose() {
        SettingsReading valid = new SettingsReading(Optional.of(settings), List.of(), Set.of());
        Path clone = settings.ledger().directory();
        return new InstallationChecks(valid, github, List.of(), true, clock)
                .look(clone.resolveSibling(clone.getFileName() + "-diagnosis"));
    }

    private Reconcile reconcile(
            MeteredLedger watched,
            GitForge at,
            LayoutMonitor layout,
            AwsPlatform aws,
            SlackNotifier notifier,
            ExpiryTimer timer,
            ReconcileLogger log) {
        return new ReconcileWiring(
                        settings.schedule(),
                        ModuleSettings.grace(settings),
                        LedgerName.of(settings.ledger().remote()),
                        watched,
                        at,
                        layout,
                        aws,
                        aws,
                        applyMonitor(),
                        notifier,
                        timer,
                        opened(new DrainedThreads(DRAIN)),
                        log,
                        clock)
                .reconcile();
    }

    private UseCases useCases(
            MeteredLedger watched,
            ProposalRepository proposals,
            SlackNotifier notifier,
            ExpiryTimer timer,
            AwsPlatform aws,
            Reconcile pass,
            ReconcileLogger log) {
        SubmitForApproval approvals = new SubmitForApproval(proposals, notifier);
        return new UseCases(
                new RequestAccess(watched, approvals, notifier, timer, clock),
                new ExtendGrant(watched, approvals, timer, clock),
                new EndGrant(watched, timer, clock),
                new WithdrawProposal(proposals, notifier),
                new ApproveRetroactively(watched, clock),
                new ReportStatus(watched, aws, proposals, pass, log),
                watched,
                proposals);
    }

    /** Without {@code github.repository} there are no CI reports, and the service knows only the state of AWS. */
    private ApplyMonitor applyMonitor() {
        return github.<ApplyMonitor>map(client ->
                        new GithubApplyMonitor(client, settings.github().ciLogin()))
                .orElse((_, _) -> new ApplyStatus.Unknown());
    }

    private GitGrantLedger unread(LedgerAlarmNotifier alarms) {
        LedgerSettings at = ModuleSettings.ledger(settings, github);
        return settings.ledger().reversions() == Settings.Reversions.PULL_REQUEST
                ? GitGrantLedger.unreadThrough(
                        integration.orElseThrow().pulls(), at, ModuleSettings.PARSERS, alarms, clock)
                : GitGrantLedger.unread(at, ModuleSettings.PARSERS, alarms, clock);
    }

    /**
     * Reads the ledger. Where a clone is on disk and the remote does not answer soon, the clone serves, and the remote is
     * tried again in the background.
     *
     * @return false when the service was stopped before anything could be read
     */
    private boolean isLedgerKnown(GitGrantLedger git, MeteredLedger watched) {
        CountDownLatch firstAttempt = new CountDownLatch(1);
        if (!git.readClone()) {
            return isRemoteRead(git, watched, firstAttempt);
        }
        work.execute(() -> isRemoteRead(git, watched, firstAttempt));
        if (!isOver(firstAttempt, FIRST_READ) || watched.lastRead().equals(Instant.EPOCH)) {
            LOG.atWarn().addKeyValue("head", git.lastSeen().head()).log("ledger.clone_serves");
        }
        return stopping.getCount() > 0;
    }

    /** Reads the remote, however often it must be tried; false when the service was stopped before. */
    private boolean isRemoteRead(GitGrantLedger git, MeteredLedger watched, CountDownLatch firstAttempt) {
        for (int attempt = 0; stopping.getCount() > 0; attempt++) {
            try {
                watched.read();
                git.beginSigning(Timestamps.wholeSeconds(clock.instant()));
                return true;
            } catch (LedgerNotRead | LedgerUnreachable | LedgerRejected e) {
                Duration pause = Duration.ofSeconds(Math.min(1L << Math.min(attempt, 3), SLOWEST_RETRY.toSeconds()));
                LOG.atError().setCause(e).addKeyValue("retry_in", pause).log("ledger.unreachable");
                if (attempt == 0) {
                    lookAtInstallation();
                }
                firstAttempt.countDown();
                if (isOver(stopping, pause)) {
                    LOG.atInfo().log("service.stopping");
                }
            } finally {
                firstAttempt.countDown();
            }
        }
        return false;
    }

    private boolean isOver(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
            return false;
        }
    }

    /** The Slack ids of the policy's owners; empty before the ledger was read. */
    private List<String> owners() {
        return ledger.map(MeteredLedger::lastSeen).map(LedgerSnapshot::policy).stream()
                .flatMap(policy -> policy.people().membersOf(policy.owners()).stream())
                .map(Person::id)
                .toList();
    }

    private List<HealthCondition> readiness() {
        return List.of(
                new HealthCondition("ledger", this::ledgerIsFresh, this::ledgerRemarks),
                new HealthCondition(
                        "anchors",
                        () -> true,
                        () -> anchors.map(AnchorMonitor::problems).orElse(List.of())),
                new HealthCondition("slack", () -> slack.map(SlackApp::isReady).orElse(false), this::slackRemarks),
                new HealthCondition(
                        "github",
                        () -> true,
                        () -> installation.map(InstallationMonitor::ofGithub).orElse(List.of())),
                new HealthCondition(
                        "installation",
                        () -> true,
                        () -> installation.map(InstallationMonitor::ofTheRest).orElse(List.of())));
    }

    private List<String> slackRemarks() {
        return Stream.concat(slack.map(SlackApp::setupProblems).orElse(List.of()).stream(), refusals.get().stream())
                .toList();
    }

    private List<String> ledgerRemarks() {
        if (ledger.isEmpty()) {
            return List.of("the ledger has not been read since the service started; the log has git's answer");
        }
        Stream<String> faults = reconcile.map(Reconcile::faults).orElse(List.of()).stream();
        Stream<String> unreadable = ledger.map(MeteredLedger::lastSeen).stream()
                .flatMap(snapshot -> snapshot.unreadable().stream())
                .map(environment ->
                        environment.environment() + " may be open, but cannot be read: " + environment.problem());
        return Stream.concat(faults, unreadable).toList();
    }

    /**
     * Whether the last read of the ledger is recent: a service that cannot read it cannot end grants, and is not
     * ready.
     */
    private boolean ledgerIsFresh() {
        Duration three = settings.schedule().ledgerEvery().multipliedBy(3);
        Instant latest = clock.instant().minus(three.compareTo(STALE_AFTER) > 0 ? three : STALE_AFTER);
        return ledger.map(watched -> watched.lastRead().isAfter(latest)).orElse(false);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Blocks until the service has stopped. */
    void awaitEnd() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops taking work, waits for running work and closes every part. A second call has no effect. */
    @Override
    public synchronized void close() {
        stopping.countDown();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("service.stop.failed");
            }
        }
        work.shutdown();
        stopped.countDown();
    }
}
