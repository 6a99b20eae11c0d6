package dev.bastion.app;

import dev.bastion.access.Outcome;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.SessionMonitor;
import dev.bastion.access.reconcile.AccountAwareLedger;
import dev.bastion.access.reconcile.AccountReads;
import dev.bastion.access.reconcile.Reconcile;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.health.MeteredLedger;
import dev.bastion.app.world.HostileWriter;
import dev.bastion.app.world.KnownAccounts;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ShownStages;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.github.rules.GithubRules;
import dev.bastion.github.status.GithubApplyMonitor;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.anchor.Anchor;
import dev.bastion.ledger.anchor.AnchorWriter;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.sandbox.github.Traffic;
import dev.bastion.sandbox.github.pulls.PullRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * The reconcile pass with the service's default settings, against a real GitHub over HTTP, on one clock for both that
 * only the test moves: reads happen within the pass, so how fast the machine is does not matter.
 */
final class ReconcileWorld implements AutoCloseable {
    /** The address of the service's own commits. */
    static final String COMMITTER = "bastion@ledger.example";

    static final Person JOHN = new Person("U12345678", "john.doe");

    final LedgerRemote remote;
    final ShownStages shown = new ShownStages();
    final List<BastionObservation> bastions = new CopyOnWriteArrayList<>();
    volatile SessionMonitor sessions = (_, _, _) -> new SessionMonitor.Listing(List.of(), true);
    /** The ledger's own alarms, in the order in which they were raised. */
    final List<String> ledgerAlarms = new CopyOnWriteArrayList<>();

    private final Map<String, String> environment;
    final LedgerAlarms alarms = new Alarms();

    /** What Slack and GitHub say of accounts; an account that is not here is active. */
    final KnownAccounts accounts = new KnownAccounts();

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RecordedChannel channel = new RecordedChannel();
    private final AlarmRecorder recorder = new AlarmRecorder(metrics, channel);
    private final LedgerAlarmNotifier ledgerNotifier = new LedgerAlarmNotifier(recorder);
    private final LedgerOutageMonitor outages;
    private final GithubClient github;
    private final GithubRules rules;
    private final GitGrantLedger ledger;
    private final Reconcile reconcile;
    private final RequestAccess request;
    private volatile Optional<TerminationRefused> refusal = Optional.empty();
    private volatile Instant now = Timestamps.wholeSeconds(Clock.systemUTC().instant());

    ReconcileWorld(Path folder) {
        this(folder, Map.of());
    }

    /** @param more settings beside the usual ones */
    ReconcileWorld(Path folder, Map<String, String> more) {
        this(folder, more, GithubSettings.USUAL_PATIENCE);
    }

    /** @param patience how long a call to GitHub may take, in real time: a pass during an outage waits for so long */
    ReconcileWorld(Path folder, Map<String, String> more, Duration patience) {
        remote = new LedgerRemote(folder, () -> now);
        environment = new HashMap<>(Map.of(
                "BASTION_SLACK_APP_TOKEN",
                "xapp-1",
                "BASTION_SLACK_BOT_TOKEN",
                "xoxb-1",
                "BASTION_SLACK_CHANNEL",
                "C0123ABC",
                "BASTION_LEDGER_REMOTE",
                remote.server().remote(),
                "BASTION_LEDGER_TOKEN",
                LedgerRemote.TOKEN,
                "BASTION_LEDGER_DIRECTORY",
                folder.resolve("clone.git").toString(),
                "BASTION_GITHUB_API_URL",
                remote.server().api(),
                "BASTION_GITHUB_REPOSITORY",
                "acme/infrastructure",
                "BASTION_GITHUB_TOKEN",
                LedgerRemote.TOKEN,
                "BASTION_AWS_REGION",
                "eu-central-1"));
        environment.put("BASTION_LEDGER_COMMITTER_EMAIL", COMMITTER);
        environment.putAll(more);
        Settings settings = SettingsFile.read(Optional.empty(), environment);
        GithubSettings at = ModuleSettings.github(settings).orElseThrow();
        github = new GithubClient(new GithubSettings(at.apiUrl(), at.repository(), at.credentials(), patience));
        GithubPullRequests pulls = new GithubPullRequests(github);
        GithubApplyMonitor applies =
                new GithubApplyMonitor(github, settings.github().ciLogin());
        rules = new GithubRules(github);
        ledger = GitGrantLedger.open(
                ModuleSettings.ledger(settings, Optional.of(github)), ModuleSettings.PARSERS, alarms, () -> now);
        ledger.beginSigning(now);
        MeteredLedger watched = new MeteredLedger(ledger, metrics, () -> now);
        outages = new LedgerOutageMonitor(watched::unansweredSince, recorder, () -> now);
        GitForge forge = ledger.forge(pulls, ModuleSettings.PARSERS, () -> now, "github-actions[bot]");
        ExpiryTimer timer = new NoTimer();
        ReconcileLogger log = new ReconcileLogger(metrics, recorder);
        AccountReads reads =
                new AccountReads(accounts, settings.schedule().accountsEvery(), Runnable::run, log, () -> now);
        GrantLedger aware = new AccountAwareLedger(watched, reads::known);
        request = new RequestAccess(ledger, new SubmitForApproval(forge.proposals(), shown), shown, timer, () -> now);
        reconcile = new ReconcileWiring(
                        settings.schedule(),
                        ModuleSettings.grace(settings),
                        Optional.empty(),
                        aware,
                        ledger.observations(),
                        forge,
                        ledger.layout(() -> now),
                        BastionPlaces.only(() -> List.copyOf(bastions)),
                        this::terminate,
                        (environment, instance, since) -> sessions.sessionsOf(environment, instance, since),
                        applies,
                        shown,
                        timer,
                        reads,
                        () -> true,
                        Runnable::run,
                        log,
                        () -> now)
                .reconcile();
    }

    Traffic traffic() {
        return remote.server().github().traffic();
    }

    Outcome ask(String environment, String duration) {
        return request.request(new AccessRequest(
                RequestId.derivedFrom(environment + now),
                JOHN,
                new EnvironmentName(environment),
                Optional.of(GrantDuration.parse(duration)),
                Reason.of("INC-12"),
                now));
    }

    /** The grant that is open in the environment. */
    Optional<Grant> grant(String environment) {
        return ledger.lastSeen().openGrants().stream()
                .filter(grant -> grant.environment().value().equals(environment))
                .findFirst();
    }

    void online(Grant grant) {
        bastions.add(new BastionObservation(
                grant.environment().resourceName(),
                Optional.of(grant.request()),
                "i-" + grant.environment(),
                BastionObservation.Condition.READY,
                "running",
                Optional.of(new Connection(
                        "i-1", "eu-central-1", "db.internal", 5432, Optional.empty(), Optional.empty()))));
    }

    PullRequest waiting() {
        return remote.server().github().pullRequests().stream()
                .filter(PullRequest::isOpen)
                .findFirst()
                .orElseThrow();
    }

    /** How often an alarm was logged and counted. */
    long logged(String alarm) {
        return Math.round(metrics.counter("bastion.alarms", "alarm", alarm).count());
    }

    /** Whether people were told of the alarm in Slack. */
    boolean isTold(AlarmKind kind) {
        return shown.kinds().contains(kind) || !channel.posted.isEmpty();
    }

    void refuseTermination(TerminationRefused why) {
        refusal = Optional.of(why);
    }

    private boolean terminate(BastionObservation bastion) {
        refusal.ifPresent(why -> {
            throw why;
        });
        return bastions.remove(bastion);
    }

    /** A look at the installation that finds a rule which refuses the service's work. */
    void findInstallationProblem() {
        Finding problem = Finding.problem(
                Area.GITHUB, "rules and permissions", "ruleset main: changes must come by pull request", "change it");
        new InstallationMonitor(() -> new Diagnosis(List.of(problem), Set.of()), recorder, metrics).look();
    }

    /** What the ledger's entries say of what was observed. */
    ObservationLog observations() {
        return ledger.observations();
    }

    /** An anchor that its place does not take. */
    void failToAnchor() {
        new AnchorMonitor(
                        _ -> {
                            throw new AnchorFailed(new Fault.Later(ExternalSystem.AWS, "adding an anchor", "timeout"));
                        },
                        "s3://acme",
                        recorder,
                        () -> now)
                .look();
    }

    /** An anchor after the branch lost the one before. */
    void loseWhatWasAnchored() {
        CommitId commit = new CommitId("1".repeat(40));
        Anchor anchor = new Anchor("acme/ledger", "main", commit, commit, 3, now, Optional.empty());
        new AnchorMonitor(_ -> new AnchorWriter.Result.Rewritten(anchor, anchor), "s3://acme", recorder, () -> now)
                .look();
    }

    LedgerSnapshot ledger() {
        return ledger.lastSeen();
    }

    /** The ledger as a service reads it that starts now, without a clone. */
    LedgerSnapshot readAtAStart(Path clone) {
        Map<String, String> other = new HashMap<>(environment);
        other.put("BASTION_LEDGER_DIRECTORY", clone.toString());
        Settings settings = SettingsFile.read(Optional.empty(), other);
        try (GitGrantLedger started = GitGrantLedger.open(
                ModuleSettings.ledger(settings, Optional.of(github)),
                ModuleSettings.PARSERS,
                new IgnoredAlarms(),
                () -> now)) {
            return started.lastSeen();
        }
    }

    HostileWriter writer() {
        return new HostileWriter(remote, () -> now);
    }

    Instant now() {
        return now;
    }

    /** Moves the clock without a pass. */
    void skipTo(Instant moment) {
        now = moment;
    }

    /** As Quartz would call it. */
    void passFor(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(ReconcileWiring.PASS_EVERY)) {
            reconcile.pass();
            outages.look();
        }
    }

    /** How long it takes until it is so, in passes; a minute means that it never came. */
    Duration passUntil(BooleanSupplier isSo) {
        return passUntil(isSo, Duration.ofMinutes(1));
    }

    /** @param never this long means that it never came */
    Duration passUntil(BooleanSupplier isSo, Duration never) {
        Instant start = now;
        while (!isSo.getAsBoolean() && now.isBefore(start.plus(never))) {
            passFor(ReconcileWiring.PASS_EVERY);
        }
        return Duration.between(start, now);
    }

    /** The watch of the repository's rules, which looks every ten minutes. */
    void watchRules() {
        rules.problems(new RequiredPermissions("main", true, true, "bastion@users.noreply.github.com", "environments"));
    }

    @Override
    public void close() {
        ledger.close();
        github.close();
        remote.close();
    }

    /** Timers would only hide what a pass does not do. */
    private static final class NoTimer implements ExpiryTimer {
        @Override
        public void arm(Grant grant) {}

        @Override
        public void disarm(EnvironmentName environment) {}
    }

    private final class Alarms implements LedgerAlarms {
        @Override
        public void historyRewritten(CommitId lastSeen, CommitId head, Rewrite how) {
            ledgerAlarms.add("history rewritten");
            ledgerNotifier.historyRewritten(lastSeen, head, how);
        }

        @Override
        public void policyBroken(CommitId commit, List<String> problems) {
            ledgerAlarms.add("policy broken");
            ledgerNotifier.policyBroken(commit, problems);
        }

        @Override
        public void signingWorks() {}

        @Override
        public void notesRefused(String answered, String remedy) {
            ledgerNotifier.notesRefused(answered, remedy);
        }

        @Override
        public void notesAccepted() {
            ledgerNotifier.notesAccepted();
        }

        @Override
        public void notesChanged(Optional<CommitId> kept, Optional<CommitId> found) {
            ledgerNotifier.notesChanged(kept, found);
        }

        @Override
        public void signingFailed(String problem) {
            ledgerAlarms.add("signing failed");
            ledgerNotifier.signingFailed(problem);
        }
    }

    /** The alarms of a reader beside the service. */
    private static final class IgnoredAlarms implements LedgerAlarms {
        @Override
        public void historyRewritten(CommitId lastSeen, CommitId head, Rewrite how) {}

        @Override
        public void policyBroken(CommitId commit, List<String> problems) {}

        @Override
        public void signingWorks() {}

        @Override
        public void notesRefused(String answered, String remedy) {}

        @Override
        public void notesAccepted() {}

        @Override
        public void notesChanged(Optional<CommitId> kept, Optional<CommitId> found) {}

        @Override
        public void signingFailed(String problem) {}
    }
}
