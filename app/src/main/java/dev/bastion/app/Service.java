package dev.bastion.app;

import dev.bastion.access.ApproveRetroactively;
import dev.bastion.access.EndGrant;
import dev.bastion.access.ExpireGrants;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.approval.ReviewInSlack;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.outage.EndDuringOutage;
import dev.bastion.access.port.AnchorStore;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.reconcile.AccountAwareLedger;
import dev.bastion.access.reconcile.AccountReads;
import dev.bastion.access.reconcile.Reconcile;
import dev.bastion.access.reconcile.RecordRefusals;
import dev.bastion.access.snapshot.BastionLook;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.access.troubleshooting.RememberedLayout;
import dev.bastion.app.audience.AudienceSystems;
import dev.bastion.app.audience.AudienceWiring;
import dev.bastion.app.aws.account.AwsPlaces;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsReading;
import dev.bastion.app.health.HealthServer;
import dev.bastion.app.health.Liveness;
import dev.bastion.app.health.MeteredLedger;
import dev.bastion.app.memory.HeapRelease;
import dev.bastion.app.replica.Replica;
import dev.bastion.app.thread.DrainedThreads;
import dev.bastion.app.trace.GrantTracing;
import dev.bastion.github.client.GithubClient;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.anchor.AnchorWriter;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.scheduler.QuartzScheduling;
import dev.bastion.slack.SlackApp;
import dev.bastion.slack.command.UseCases;
import dev.bastion.slack.command.UserDirectory;
import dev.bastion.slack.notify.Addressees;
import dev.bastion.slack.notify.ChannelAlarms;
import dev.bastion.slack.notify.Outbox;
import dev.bastion.slack.notify.SlackNotifier;
import dev.bastion.slack.web.SlackClient;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: every part of the service, wired by hand. At start it restores its state from git alone, so a
 * killed process loses nothing.
 */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Duration RECHECK = Duration.ofMinutes(1);
    private static final Duration INSTALLATION_EVERY = Duration.ofMinutes(10);
    private static final Duration OUTAGE_RECHECK = Duration.ofSeconds(5);
    /** How long a stopping service waits for running work. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Executor work = WorkContext.carrying(threads);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** The opened parts; the last opened is closed first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final Readiness readiness;
    private final Replica replica;
    private volatile Optional<GithubClient> github = Optional.empty();
    private volatile Optional<GithubIntegration> integration = Optional.empty();
    private volatile Optional<InstallationMonitor> installation = Optional.empty();
    private volatile Optional<AnchorMonitor> anchors = Optional.empty();

    /** @param environment with the variables of OpenTelemetry, which decide whether grants are traced */
    Service(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
        this.replica = Replica.of(settings, metrics, clock);
        this.readiness = new Readiness(settings.schedule().ledgerEvery(), replica.conditions(), clock);
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
                settings.http().host(),
                settings.http().port(),
                liveness.conditions(),
                readiness.conditions(),
                metrics));
        GrantTracing tracing = opened(new GrantTracing(environment, clock));
        SlackClient web = opened(new SlackClient(ModuleSettings.slack(settings), tracing.trace(), clock));
        opened(replica);
        Outbox outbox = opened(
                new Outbox(ModuleSettings.slack(settings), web, this::addressees, replica.claims(), clock, work));
        AlarmRecorder alarms = new AlarmRecorder(metrics, replica.alarms(new ChannelAlarms(outbox, clock)));
        github = ModuleSettings.github(settings).map(at -> opened(new GithubClient(at)));
        integration = github.map(client -> new GithubIntegration(settings, client, clock));
        InstallationMonitor monitor = new InstallationMonitor(this::diagnose, alarms, metrics);
        installation = Optional.of(monitor);
        readiness.starting(outbox::refusals, monitor);
        CommitterEmail committer = new CommitterEmail(settings, github);
        GitGrantLedger git = opened(unread(new LedgerAlarmNotifier(alarms), committer));
        work.execute(committer::ask);
        run(git, tracing, committer, web, outbox, alarms, liveness);
    }

    private void run(
            GitGrantLedger git,
            GrantTracing tracing,
            CommitterEmail committer,
            SlackClient web,
            Outbox outbox,
            AlarmRecorder alarms,
            Liveness liveness) {
        Notifier notifier = tracing.of(new SlackNotifier(ModuleSettings.slack(settings), outbox, clock));
        settings.remarks()
                .forEach(remark -> LOG.atWarn().addKeyValue("remark", remark).log("settings.remark"));
        MeteredLedger watched = new MeteredLedger(git, metrics, clock);
        GrantLedger ledger = tracing.of(watched);
        AwsPlaces aws = opened(AwsWiring.places(settings, git));
        QuartzScheduling scheduling = opened(new QuartzScheduling(clock, DRAIN));
        AtomicReference<@Nullable ExpireGrants> expiry = new AtomicReference<>();
        ExpiryTimer timer = scheduling.expiryTimer(
                grant -> Objects.requireNonNull(expiry.get()).expire(grant));
        expiry.set(new ExpireGrants(ledger, timer, clock));
        GitForge forge = integration.map(known -> known.of(git)).orElseGet(GitForge::none);
        GitForge at = new GitForge(tracing.of(forge.proposals()), forge.pullRequests(), forge.checks());
        ObservationLog observations = tracing.of(observations(git), ledger);
        ApplyMonitor applies = tracing.of(ReconcileWiring.applyMonitor(settings, github), ledger);
        ReconcileLogger log = new ReconcileLogger(metrics, alarms);
        UserDirectory users = new UserDirectory(web, clock);
        DrainedThreads drained = opened(new DrainedThreads(DRAIN));
        AccountReads accounts = new AccountReads(
                new PeopleAccounts(users, github), settings.schedule().accountsEvery(), drained, log, clock);
        AudienceSystems systems = AudienceSystems.of(settings, github, web, false, clock);
        var audiences = opened(new AudienceWiring(systems, git.decisions()::isSigned, drained, log, clock));
        readiness.asking(audiences);
        GrantLedger aware = audiences.aware(new AccountAwareLedger(ledger, accounts::known));
        RememberedLayout layout = new RememberedLayout(git.layout(clock));
        Reconcile pass =
                reconcile(aware, observations, at, layout, aws, applies, notifier, timer, accounts, drained, log);
        DoctorWiring doctor = new DoctorWiring(settings, github, aws, layout, outbox::refusals, clock);
        UseCases cases = useCases(aware, git, observations, at.proposals(), notifier, timer, aws, pass, doctor, log);
        SlackApp app =
                new SlackApp(ModuleSettings.slack(settings), web, outbox, cases, users, replica::leads, clock, work);
        readiness.connecting(app);
        parts.push(() -> app.stop(DRAIN));
        app.start();
        ApiWiring.start(settings.api(), cases, users, app::reviewLater, clock).ifPresent(parts::push);
        LedgerOutageMonitor outages = new LedgerOutageMonitor(watched::unansweredSince, alarms, clock);
        scheduling.every(OUTAGE_RECHECK, "ledger.outage", replica.ifLeading(outages::look));
        scheduling.every(OUTAGE_RECHECK, "end.pending", () -> work.execute(cases.end()::retry));
        scheduling.every(RECHECK, "slack.setup", web::recheckSetup);
        scheduling.every(RECHECK, "committer", () -> work.execute(committer::ask));
        scheduling.every(HeapRelease.EVERY, "memory", new HeapRelease(clock)::look);
        scheduling.every(INSTALLATION_EVERY, "installation", this::lookAtInstallation);
        anchors = AnchorPlaces.of(settings).map(store -> anchors(store, committer, alarms));
        anchors.ifPresent(readiness::anchoring);
        replica.schedule(scheduling, () -> takeOver(outbox, app));
        replica.tell("waits/{}", () -> Long.toString(app.waitsVersion()));
        replica.listen("waits/", _ -> app.rescanWaits());
        scheduling.start();
        InitialLedgerRead read = new InitialLedgerRead(git, watched, this::lookAtInstallation, stopping, work, clock);
        if (read.isLedgerKnown()) {
            readiness.ledgerKnown(watched, pass);
            scheduling.every(ReconcileWiring.PASS_EVERY, "reconcile", pass::pass);
            scheduling.every(ReconcileWiring.PASS_EVERY, "audiences", () -> audiences.refresh(watched));
            replica.tell("ledger", () -> watched.lastSeen().head().value());
            replica.listen("ledger", pass::ledgerMoved);
            scheduling.every(
                    RECHECK,
                    "anchors",
                    replica.ifLeading(() -> anchors.ifPresent(monitor -> work.execute(monitor::look))));
            liveness.require(scheduling::isRunning, pass::lastFinished);
            LOG.atInfo().log("service.started");
        }
    }

    /** What this process remembers of Slack is older than what the replica showed that led before. */
    private static void takeOver(Outbox outbox, SlackApp app) {
        outbox.takeOver();
        app.rescanWaits();
    }

    /** In a thread of its own: a system that does not answer must not hold the scheduler. */
    private void lookAtInstallation() {
        installation.ifPresent(monitor -> work.execute(monitor::look));
    }

    private AnchorMonitor anchors(AnchorStore store, CommitterEmail committer, AlarmRecorder alarms) {
        if (store instanceof AutoCloseable closeable) {
            parts.push(closeable);
        }
        AnchorWriter writer = new AnchorWriter(ModuleSettings.ledger(settings, github, committer::current), store);
        return new AnchorMonitor(writer::write, store.place(), alarms, clock);
    }

    private Diagnosis diagnose() {
        SettingsReading valid = new SettingsReading(Optional.of(settings), List.of(), Set.of());
        Path clone = settings.ledger().directory();
        return new InstallationChecks(valid, github, List.of(), true, clock)
                .look(clone.resolveSibling(clone.getFileName() + "-diagnosis"));
    }

    private Reconcile reconcile(
            GrantLedger ledger,
            ObservationLog observations,
            GitForge at,
            LayoutMonitor layout,
            AwsPlaces aws,
            ApplyMonitor applies,
            Notifier notifier,
            ExpiryTimer timer,
            AccountReads accounts,
            DrainedThreads threads,
            ReconcileLogger log) {
        return new ReconcileWiring(
                        settings.schedule(),
                        ModuleSettings.grace(settings),
                        LedgerName.of(settings.ledger().remote()),
                        ledger,
                        observations,
                        at,
                        layout,
                        aws,
                        aws,
                        aws,
                        applies,
                        notifier,
                        timer,
                        accounts,
                        replica::leads,
                        threads,
                        log,
                        clock)
                .reconcile();
    }

    private UseCases useCases(
            GrantLedger ledger,
            GitGrantLedger git,
            ObservationLog observations,
            ProposalRepository proposals,
            Notifier notifier,
            ExpiryTimer timer,
            AwsPlaces aws,
            Reconcile pass,
            DoctorWiring doctor,
            ReconcileLogger log) {
        BastionLook look = new BastionLook(aws, pass::bastions, BastionLook.PATIENCE, work, log, clock);
        SubmitForApproval approvals = new SubmitForApproval(proposals, notifier);
        return new UseCases(
                new RequestAccess(ledger, approvals, notifier, timer, clock),
                new ExtendGrant(ledger, approvals, timer, clock),
                new EndDuringOutage(new EndGrant(ledger, timer, clock), ledger, look, aws, log, clock),
                new WithdrawProposal(proposals, notifier),
                new ApproveRetroactively(ledger, clock),
                new ReportStatus(ledger, look, proposals, pass, log),
                ledger,
                observations,
                new RecordRefusals(ledger, observations, log, clock),
                proposals,
                doctor.useCase(ledger, observations, proposals, pass),
                new ReviewInSlack(ledger, proposals, git.decisions(), notifier, clock));
    }

    private ObservationLog observations(GitGrantLedger git) {
        return switch (settings.ledger().observations()) {
            case COMMITS, NOTES -> git.observations();
            case NONE -> git.observations().readOnly();
        };
    }

    private GitGrantLedger unread(LedgerAlarmNotifier alarms, CommitterEmail committer) {
        LedgerSettings at = ModuleSettings.ledger(settings, github, committer::current);
        return settings.ledger().reversions() == Settings.Reversions.PULL_REQUEST
                ? GitGrantLedger.unreadThrough(
                        integration.orElseThrow().pulls(), at, ModuleSettings.PARSERS, alarms, clock)
                : GitGrantLedger.unread(at, ModuleSettings.PARSERS, alarms, clock);
    }

    private Addressees addressees() {
        return readiness
                .ledger()
                .map(MeteredLedger::lastSeen)
                .map(Addressees::of)
                .orElse(Addressees.UNKNOWN);
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
        replica.resign();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("service.stop.failed");
            }
        }
        threads.shutdown();
        stopped.countDown();
    }
}
