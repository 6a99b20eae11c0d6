package dev.bastion.app;

import dev.bastion.access.CheckPullRequests;
import dev.bastion.access.ExpireGrants;
import dev.bastion.access.ReviewProposals;
import dev.bastion.access.StartGrant;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.port.SessionMonitor;
import dev.bastion.access.reconcile.AccountReads;
import dev.bastion.access.reconcile.AlarmLoggingNotifier;
import dev.bastion.access.reconcile.AlarmingTerminator;
import dev.bastion.access.reconcile.DetectLayoutProblems;
import dev.bastion.access.reconcile.DetectUnapprovedGrants;
import dev.bastion.access.reconcile.DetectUnreadableEnvironments;
import dev.bastion.access.reconcile.EndInactiveHolders;
import dev.bastion.access.reconcile.EndUnapprovedGrant;
import dev.bastion.access.reconcile.MonitorGrants;
import dev.bastion.access.reconcile.Reconcile;
import dev.bastion.access.reconcile.RecordEndedRequests;
import dev.bastion.access.reconcile.RecordGrantObservations;
import dev.bastion.access.reconcile.RecordSessions;
import dev.bastion.access.reconcile.RemindOfBreakGlass;
import dev.bastion.access.reconcile.ResolveMessages;
import dev.bastion.access.reconcile.SnapshotParts;
import dev.bastion.access.reconcile.TakeInventory;
import dev.bastion.access.snapshot.AnswersPart;
import dev.bastion.access.snapshot.InstancesPart;
import dev.bastion.access.snapshot.SnapshotPart;
import dev.bastion.app.config.Settings;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.status.GithubApplyMonitor;
import dev.bastion.ledger.GitForge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The wiring of the reconcile pass: each part of its snapshot with its reader, interval and budget, and its steps.
 *
 * @param ledgerName the name of this ledger in the tags of instances
 * @param leads whether this replica takes the steps beside expiry
 * @param threads one for each read and each step
 */
public record ReconcileWiring(
        Settings.Schedule schedule,
        MonitorGrants.Grace grace,
        Optional<String> ledgerName,
        GrantLedger ledger,
        ObservationLog observations,
        GitForge forge,
        LayoutMonitor layout,
        BastionPlaces bastions,
        BastionTerminator terminator,
        SessionMonitor sessions,
        ApplyMonitor applies,
        Notifier notifier,
        ExpiryTimer timer,
        AccountReads accounts,
        BooleanSupplier leads,
        Executor threads,
        ReconcileLog log,
        InstantSource clock) {
    /** How often the pass checks which reads and steps are due. */
    public static final Duration PASS_EVERY = Duration.ofSeconds(1);

    private static final Duration BUDGET = Duration.ofSeconds(30);
    /** Rarely urgent: the merged pull request of an approved grant almost always exists before the grant is read. */
    private static final Duration MERGES_EVERY = Duration.ofMinutes(1);

    /** Without {@code github.repository} there are no CI reports, and the service knows only the state of AWS. */
    static ApplyMonitor applyMonitor(Settings settings, Optional<GithubClient> github) {
        return github.<ApplyMonitor>map(client ->
                        new GithubApplyMonitor(client, settings.github().ciLogin()))
                .orElse((_, _) -> new ApplyStatus.Unknown());
    }

    public Reconcile reconcile() {
        return reconcile(() -> steps(new ExpireGrants(ledger, timer, clock)));
    }

    /** The same with this expiry. */
    public Reconcile reconcile(ExpireGrants expiry) {
        return reconcile(() -> steps(expiry));
    }

    private Reconcile reconcile(Supplier<Reconcile.Steps> steps) {
        return new Reconcile(ledger, parts(), steps, leads, threads, log, clock);
    }

    private SnapshotParts parts() {
        return new SnapshotParts(
                part("ledger", ExternalSystem.GIT, schedule.ledgerEvery(), ledger::read),
                part("pull requests", ExternalSystem.GITHUB, schedule.proposalsEvery(), forge.pullRequests()::look),
                new InstancesPart(bastions, schedule.lookEvery(), BUDGET, threads, log, clock),
                part("layout", ExternalSystem.GIT, schedule.ledgerEvery(), layout::look),
                new AnswersPart<>(
                        read("CI reports", ExternalSystem.CI, schedule.lookEvery()),
                        applied -> applies.reportOn(applied.environment(), applied.commit()),
                        threads,
                        log,
                        clock),
                new AnswersPart<>(
                        read("merges", ExternalSystem.GITHUB, MERGES_EVERY),
                        forge.proposals()::mergedPullRequestOf,
                        threads,
                        log,
                        clock),
                accounts);
    }

    private <T> SnapshotPart<T> part(String name, ExternalSystem system, Duration every, Supplier<T> reader) {
        return new SnapshotPart<>(read(name, system, every), reader, threads, log, clock);
    }

    private static SnapshotPart.Schedule read(String name, ExternalSystem system, Duration every) {
        return new SnapshotPart.Schedule(name, system, every, BUDGET);
    }

    private Reconcile.Steps steps(ExpireGrants expiry) {
        Notifier logging = new AlarmLoggingNotifier(notifier, log, clock);
        BastionTerminator alarming = new AlarmingTerminator(terminator, logging);
        return new Reconcile.Steps(
                expiry,
                new ReviewProposals(ledger, forge.proposals(), logging, timer, clock),
                new CheckPullRequests(forge.proposals(), forge.checks(), clock),
                new RecordEndedRequests(observations, forge.proposals(), clock),
                new MonitorGrants(ledger, logging, alarming, new RecordGrantObservations(observations), grace, clock),
                new TakeInventory(logging, alarming, ledgerName, grace.beforeTermination()),
                new DetectUnapprovedGrants(
                        new StartGrant(ledger, timer, logging),
                        new EndUnapprovedGrant(ledger, forge.proposals(), timer, logging, clock),
                        logging),
                new DetectUnreadableEnvironments(logging, clock),
                new DetectLayoutProblems(logging),
                new RemindOfBreakGlass(logging, clock),
                new EndInactiveHolders(ledger, timer, logging, clock),
                new RecordSessions(ledger, observations, sessions, log, clock),
                new ResolveMessages(ledger, logging, clock));
    }
}
