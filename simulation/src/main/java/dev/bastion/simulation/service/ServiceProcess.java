package dev.bastion.simulation.service;

import dev.bastion.access.ApproveRetroactively;
import dev.bastion.access.EndGrant;
import dev.bastion.access.ExpireGrants;
import dev.bastion.access.ExtendGrant;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.WithdrawProposal;
import dev.bastion.access.approval.ReviewInSlack;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.outage.EndDuringOutage;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.AccountMonitor;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.port.SessionMonitor;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.reconcile.AccountAwareLedger;
import dev.bastion.access.reconcile.AccountReads;
import dev.bastion.access.reconcile.MonitorGrants;
import dev.bastion.access.reconcile.Reconcile;
import dev.bastion.access.snapshot.BastionLook;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.app.AlarmRecorder;
import dev.bastion.app.LedgerAlarmNotifier;
import dev.bastion.app.ReconcileLogger;
import dev.bastion.app.ReconcileWiring;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.github.status.GithubApplyMonitor;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.sandbox.github.account.JobTokens;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.simulation.world.SimulatedClock.Skew;
import dev.bastion.simulation.world.SteppedExecutor;
import dev.bastion.simulation.world.World;
import dev.bastion.slack.notify.Addressees;
import dev.bastion.slack.notify.ChannelAlarms;
import dev.bastion.slack.notify.MessageClaims;
import dev.bastion.slack.notify.Outbox;
import dev.bastion.slack.notify.SlackNotifier;
import dev.bastion.slack.notify.UnrecordedRequests;
import dev.bastion.slack.web.Backoff;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** One process of the service, from its start to its end. Its threads are the simulation's one. */
public final class ServiceProcess {
    /** The address of the service's commits. */
    public static final String COMMITTER = "bastion@users.noreply.github.com";

    private static final Duration START_AGAIN = Duration.ofSeconds(5);
    /** Ten times the service's interval: most passes find nothing to do, and the ends of grants have timers. */
    private static final Duration PASS_EVERY = ReconcileWiring.PASS_EVERY.multipliedBy(10);

    private static final Duration RETRY_ENDS = Duration.ofSeconds(5);
    private static final Duration RECHECK = Duration.ofMinutes(1);
    /** Several times the usual intervals: the reads take most of the simulation's time. */
    private static final Settings.Schedule SCHEDULE = new Settings.Schedule(
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5));

    private static final int MOST_WRITES_AT_ONCE = 20;

    private final World world;
    private final InstantSource clock;
    private final Executor threads = Runnable::run;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final GithubClient github;
    private final SlackClient web;
    private final Outbox outbox;
    private final GitGrantLedger git;
    private final GrantLedger ledger;
    private final GitForge forge;
    private final ExpireGrants expiry;
    private final Reconcile reconcile;
    private final UnrecordedRequests unrecorded;
    private final RequestAccess request;
    private final ExtendGrant extend;
    private final EndDuringOutage end;
    private final WithdrawProposal withdraw;
    private final ApproveRetroactively approveRetroactively;
    private final ReviewInSlack review;
    private boolean isStarted;
    private boolean isOver;
    private boolean isReviewing;
    private final Backoff reviewing = backoff();
    private int failedReviews;

    /**
     * Wires a process; {@link #start} starts it.
     *
     * @param clone the directory of the clone, which outlives the process
     * @param skew by how much its clock is wrong
     */
    public ServiceProcess(World world, Path clone, Skew skew, Parts parts) {
        this.world = world;
        this.clock = () -> world.clock().instant().plus(skew.by());
        Gates gates = new Gates(world);
        SlackSettings slack = new SlackSettings(
                world.slack().tokens().app(),
                world.slack().tokens().bot(),
                SlackWorkspace.CHANNEL,
                world.slackServer().apiUrl(),
                Optional.<URI>empty());
        this.web = world.slackClient(slack, clock);
        Backoff backoff = backoff();
        this.outbox = new Outbox(
                slack,
                web,
                this::addressees,
                MessageClaims.UNSHARED,
                clock,
                threads,
                backoff,
                this::later,
                Duration.ZERO);
        AlarmRecorder alarms = new AlarmRecorder(metrics, new ChannelAlarms(outbox, clock));
        this.github = world.client(World.TOKEN);
        FileParsers parsers =
                new FileParsers(documents -> new PolicyFiles().read(parts.policy(documents)), new LedgerFile());
        this.git = GitGrantLedger.unread(ledgerSettings(clone), parsers, new LedgerAlarmNotifier(alarms), clock);
        this.forge =
                git.forge(gates.forge(parts.forge(new GithubPullRequests(github))), parsers, clock, JobTokens.LOGIN);
        ReconcileLog log =
                new UnexpectedFailures(new ReconcileLogger(metrics, alarms), world.gate(), world::failedUnexpectedly);
        AccountReads accounts = new AccountReads(new ActiveAccounts(), RECHECK.multipliedBy(2), threads, log, clock);
        GrantLedger recorded = parts.ledger(new AccountAwareLedger(git, accounts::known), world);
        this.ledger = gates.around(GrantLedger.class, recorded);
        Notifier notifier = gates.around(Notifier.class, parts.notifier(new SlackNotifier(slack, outbox, clock), web));
        Timers timer = new Timers(clock, this::later, this::expire);
        this.expiry = new ExpireGrants(ledger, timer, clock, SteppedExecutor::new);
        Optional<String> name = LedgerName.of(world.publicAddress());
        Aws aws = new Aws(world.instances(), world.clock(), name);
        BastionTerminator terminator = gates.around(BastionTerminator.class, parts.terminator(aws));
        BastionPlaces places = BastionPlaces.only(gates.around(BastionMonitor.class, parts.bastions(aws)));
        Settings settings = settings();
        this.reconcile = new ReconcileWiring(
                        SCHEDULE,
                        new MonitorGrants.Grace(
                                settings.grace().alarm(),
                                settings.grace().termination(),
                                settings.grace().apply()),
                        name,
                        ledger,
                        git.observations(),
                        forge,
                        git.layout(clock),
                        places,
                        terminator,
                        (_, _, _) -> new SessionMonitor.Listing(List.of(), true),
                        applies(gates),
                        notifier,
                        timer,
                        accounts,
                        () -> true,
                        threads,
                        log,
                        clock)
                .reconcile(expiry);
        this.unrecorded = new UnrecordedRequests(web, outbox, SlackWorkspace.CHANNEL, ledger, forge.proposals(), clock);
        SubmitForApproval approval = new SubmitForApproval(forge.proposals(), notifier);
        this.request = new RequestAccess(ledger, approval, notifier, timer, clock);
        this.extend = new ExtendGrant(ledger, approval, timer, clock);
        BastionLook look = new BastionLook(places, reconcile::bastions, BastionLook.PATIENCE, threads, log, clock);
        this.end = new EndDuringOutage(new EndGrant(ledger, timer, clock), ledger, look, terminator, log, clock);
        this.withdraw = new WithdrawProposal(forge.proposals(), notifier);
        this.approveRetroactively = new ApproveRetroactively(ledger, clock);
        this.review = new ReviewInSlack(ledger, forge.proposals(), git.decisions(), notifier, clock);
    }

    /** As in Slack's part of the service. */
    private static Backoff backoff() {
        return new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), new SplittableRandom(1));
    }

    private ApplyMonitor applies(Gates gates) {
        return gates.around(
                ApplyMonitor.class, gates.faulty(ApplyMonitor.class, new GithubApplyMonitor(github, JobTokens.LOGIN)));
    }

    private LedgerSettings ledgerSettings(Path clone) {
        FileKeySigner signer = new FileKeySigner(world.key().file());
        return new LedgerSettings(
                        world.remote(),
                        "main",
                        clone,
                        "environments",
                        new Credentials.Token("bastion", World.TOKEN),
                        new Signature("bastion", COMMITTER),
                        LedgerSettings.DEFAULT_TIMEOUT.multipliedBy(3),
                        ReadBudget.USUAL,
                        new TrustedKeys(Optional.of(signer), AllowedSigners.NOBODY, COMMITTER, Optional.empty()))
                .stepped();
    }

    /** The usual settings; those of the platforms are not used. */
    private static Settings settings() {
        return SettingsFile.read(
                Optional.empty(),
                Map.of(
                        "BASTION_SLACK_APP_TOKEN", "xapp-1",
                        "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
                        "BASTION_SLACK_CHANNEL", SlackWorkspace.CHANNEL,
                        "BASTION_LEDGER_REMOTE", "https://github.com/acme/infrastructure",
                        "BASTION_LEDGER_TOKEN", World.TOKEN,
                        "BASTION_AWS_REGION", "eu-central-1"));
    }

    private Addressees addressees() {
        return isStarted ? Addressees.of(git.lastSeen()) : Addressees.UNKNOWN;
    }

    /** Reads the ledger, however often it must be tried, and then works until it is killed. */
    public void start() {
        try {
            boolean isKnown = git.readClone();
            try {
                ledger.read();
                git.beginSigning(Timestamps.wholeSeconds(clock.instant()));
                isKnown = true;
            } catch (LedgerNotRead e) {
                isKnown = false;
            } catch (CallFailed e) {
                later(START_AGAIN, this::beginSigning);
            }
            if (!isKnown) {
                later(START_AGAIN, this::start);
                return;
            }
            isStarted = true;
            unrecorded.begin();
            every(PASS_EVERY, this::pass);
            every(RETRY_ENDS, end::retry);
            every(RECHECK, web::recheckSetup);
            reviewLater();
        } catch (LedgerNotRead e) {
            later(START_AGAIN, this::start);
        }
    }

    private void beginSigning() {
        try {
            ledger.read();
            git.beginSigning(Timestamps.wholeSeconds(clock.instant()));
        } catch (CallFailed e) {
            later(START_AGAIN, this::beginSigning);
        }
    }

    private void pass() {
        reconcile.pass();
        for (int writes = 0; writes < MOST_WRITES_AT_ONCE; writes++) {
            git.step();
        }
    }

    private void expire(Grant grant) {
        try {
            expiry.expire(grant);
        } catch (CallFailed e) {
            // the scheduler logs it and the sweep ends the grant
        }
    }

    /** Finds out what became of requests of which nobody knows whether they were recorded. */
    public void reviewLater() {
        if (!isReviewing) {
            isReviewing = true;
            later(Duration.ZERO, this::reviewUnrecorded);
        }
    }

    private void reviewUnrecorded() {
        try {
            Optional<Duration> wait = unrecorded.review();
            failedReviews = 0;
            isReviewing = wait.isPresent();
            wait.ifPresent(left -> later(left, this::reviewUnrecorded));
        } catch (CallFailed e) {
            later(reviewing.after(++failedReviews), this::reviewUnrecorded);
        }
    }

    private void every(Duration interval, Runnable work) {
        later(interval, () -> {
            every(interval, work);
            work.run();
        });
    }

    private void later(Duration delay, Runnable work) {
        world.agenda().after(delay, () -> {
            if (!isOver) {
                work.run();
            }
        });
    }

    /** Ends the process as kill -9 does: it does nothing more. */
    public void end() {
        isOver = true;
        outbox.abort();
        web.close();
        github.close();
    }

    /** Whether it has read the ledger and works. */
    public boolean isStarted() {
        return isStarted && !isOver;
    }

    public RequestAccess request() {
        return request;
    }

    public ExtendGrant extend() {
        return extend;
    }

    public EndDuringOutage endGrant() {
        return end;
    }

    public WithdrawProposal withdraw() {
        return withdraw;
    }

    public ApproveRetroactively approveRetroactively() {
        return approveRetroactively;
    }

    public ReviewInSlack review() {
        return review;
    }

    /** The ledger as the process last read it. */
    public LedgerSnapshot lastSeen() {
        return git.lastSeen();
    }

    public GitForge forge() {
        return forge;
    }

    /** Everyone has an active account. */
    private static final class ActiveAccounts implements AccountMonitor {
        @Override
        public Optional<InactiveAccount> inSlack(SlackId id) {
            return Optional.empty();
        }

        @Override
        public Optional<InactiveAccount> atGithub(GithubLogin login) {
            return Optional.empty();
        }
    }
}
