package dev.bastion.access.reconcile;

import dev.bastion.access.CheckPullRequests;
import dev.bastion.access.ExpireGrants;
import dev.bastion.access.ReviewProposals;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.snapshot.SingleFlight;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The reconcile pass. It starts the reads that are due, and its steps on the snapshot of the last ones: expiry first,
 * then pull requests, monitoring and alarms. It waits for none of them: a step that still runs is skipped. Of several
 * replicas all read and expire, and one takes the other steps.
 */
public final class Reconcile implements LastReads {
    /** Time alone makes warnings due and lets requests lapse. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(5);
    /** A grant this long past its end proves that its timer failed. */
    private static final Duration TIMER_TAKES = Duration.ofSeconds(5);

    /** A step of pull requests that takes longer is a fault for people. */
    private static final Duration STEP_TAKES = Duration.ofMinutes(2);

    /** The event of a part of a step that failed; the step's other parts go on. */
    private static final String FAILED = "reconcile.step.failed";

    /** While no grant is open or ending, instances are observed after so many of their intervals. */
    private static final int INVENTORY_INTERVALS = 6;
    /** The longest time between two observations for the inventory, whatever the interval is. */
    private static final Duration INVENTORY_WITHIN = Duration.ofSeconds(30);

    public record Steps(
            ExpireGrants expiry,
            ReviewProposals review,
            CheckPullRequests checks,
            RecordEndedRequests endedRequests,
            MonitorGrants monitoring,
            TakeInventory inventory,
            DetectUnapprovedGrants alarms,
            DetectUnreadableEnvironments unreadable,
            DetectLayoutProblems layout,
            RemindOfBreakGlass reminders,
            EndInactiveHolders inactive,
            RecordSessions sessions,
            ResolveMessages resolutions) {}

    private record Seen(CommitId head, List<Optional<Instant>> readAt) {}

    private final GrantLedger ledger;
    private final SnapshotParts parts;
    private final Supplier<Steps> newSteps;
    private final BooleanSupplier leads;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final SingleFlight expiry;
    private final SingleFlight pullRequests;
    private final SingleFlight monitoring;
    private final SingleFlight alarms;
    private final SingleFlight sessions;

    private volatile Steps steps;
    private volatile boolean isLeading;
    private volatile boolean needsInstances = true;
    private volatile boolean isSwept;
    private volatile Instant finished = Instant.EPOCH;
    private Optional<Seen> before = Optional.empty();
    private volatile Instant actedAt = Instant.MIN;

    /**
     * @param newSteps steps that remember nothing: a replica that takes over begins as after a restart
     * @param leads whether this replica takes the steps; one that does not only reads, and expires grants
     * @param threads one for each step
     */
    public Reconcile(
            GrantLedger ledger,
            SnapshotParts parts,
            Supplier<Steps> newSteps,
            BooleanSupplier leads,
            Executor threads,
            ReconcileLog log,
            InstantSource clock) {
        this.ledger = ledger;
        this.parts = parts;
        this.newSteps = newSteps;
        this.leads = leads;
        this.steps = newSteps.get();
        this.log = log;
        this.clock = clock;
        this.expiry = new SingleFlight(threads);
        this.pullRequests = new SingleFlight(threads);
        this.monitoring = new SingleFlight(threads);
        this.alarms = new SingleFlight(threads);
        this.sessions = new SingleFlight(threads);
    }

    /** One pass. It starts the steps when something new was read, or {@link #AT_LEAST_EVERY}. */
    public synchronized void pass() {
        takeOver(leads.getAsBoolean());
        refresh();
        var now = clock.instant();
        var seen = Optional.of(new Seen(ledger.lastSeen().head(), parts.readAt()));
        if (!before.equals(seen) || !now.isBefore(actedAt.plus(AT_LEAST_EVERY))) {
            before = seen;
            actedAt = now;
            act();
        }
        finished = now;
    }

    /** Lets the next pass read the ledger, because another replica says that it has changed. */
    public void ledgerMoved(String head) {
        if (!ledger.lastSeen().head().value().equals(head)) {
            parts.ledger().makeDue();
        }
    }

    private void takeOver(boolean now) {
        if (now && !isLeading && isSwept) {
            steps = newSteps.get();
            needsInstances = true;
            before = Optional.empty();
        }
        isLeading = now;
    }

    /**
     * The moment of the last finished pass; the epoch before the first. A pass has not finished while one of its steps
     * runs. The steps of pull requests and of sessions do not count: they wait for GitHub and for SSM, and nothing
     * that ends waits for them.
     */
    public Instant lastFinished() {
        return Stream.of(expiry, monitoring, alarms)
                .flatMap(step -> step.runningSince().stream())
                .reduce(finished, Timestamps::earlier);
    }

    @Override
    public Optional<Instant> ledgerReadAt() {
        return parts.ledger().last().map(Reading::at);
    }

    @Override
    public Sightings bastions() {
        return parts.instances().sightings();
    }

    @Override
    public Optional<Outage> pullRequests() {
        return parts.pullRequests().outage();
    }

    @Override
    public List<UnexplainedInstance> unexplainedInstances() {
        return steps.inventory().unexplained();
    }

    /** The faults of the last reads, for people. */
    public List<String> faults() {
        return Stream.concat(parts.faults(), stuckPullRequests()).toList();
    }

    private Stream<String> stuckPullRequests() {
        return pullRequests
                .runningSince()
                .map(since -> Duration.between(since, clock.instant()))
                .filter(running -> running.compareTo(STEP_TAKES) > 0)
                .map(running -> "pull requests: deciding on them has taken " + running.toSeconds() + " s so far")
                .stream();
    }

    private void refresh() {
        parts.ledger().refreshIfDue();
        refreshWhatOthersFeed();
        if ((isLeading && needsInstances) || isInventoryDue()) {
            parts.instances().refreshIfDue();
        }
        parts.ciReports().refreshIfDue();
        parts.merges().refreshIfDue();
        new FailureCollector(log).attempt(FAILED, Map.of("part", "accounts"), this::refreshAccounts);
    }

    private void refreshAccounts() {
        parts.accounts().refresh(ledger.lastSeen(), lastPullRequests(), parts.mergeReviews());
    }

    private PullRequestsSnapshot lastPullRequests() {
        return parts.pullRequests().last().map(Reading::value).orElse(PullRequestsSnapshot.EMPTY);
    }

    private boolean isInventoryDue() {
        var every = parts.instances().every().multipliedBy(INVENTORY_INTERVALS);
        var oldest = clock.instant().minus(every.compareTo(INVENTORY_WITHIN) < 0 ? every : INVENTORY_WITHIN);
        return parts.instances()
                .readAt()
                .anyMatch(seen -> seen.filter(at -> at.isAfter(oldest)).isEmpty());
    }

    /** Others decide how much there is to read, so what is due at a start ends first. */
    private void refreshWhatOthersFeed() {
        if (isSwept) {
            parts.pullRequests().refreshIfDue();
            parts.layout().refreshIfDue();
        }
    }

    /** Expiry goes first, so that no step takes an ended grant for an open one; a slow one stops no step. */
    private void act() {
        boolean isStarted = expiry.start(actedAt, () -> {
            step("expiry", this::expire);
            isSwept = true;
            parts.pullRequests().refreshIfDue();
            actOnTheRest();
        });
        if (!isStarted) {
            actOnTheRest();
        }
    }

    private void actOnTheRest() {
        if (!isLeading) {
            return;
        }
        pullRequests.start(actedAt, () -> step("pull-requests", this::reviewAndCheck));
        monitoring.start(actedAt, () -> step("monitoring", this::monitor));
        alarms.start(actedAt, () -> step("alarms", this::alarm));
        sessions.start(actedAt, () -> step("sessions", this::recordSessions));
    }

    private void step(String name, Consumer<FailureCollector> step) {
        var failures = new FailureCollector(log);
        failures.attempt(FAILED, Map.of("step", name), () -> step.accept(failures));
    }

    private void expire(FailureCollector failures) {
        var late = clock.instant().minus(TIMER_TAKES);
        steps.expiry().sweep(ledger.lastSeen(), failures).stream()
                .filter(grant -> grant.hasEnded(late))
                .forEach(log::foundPastEnd);
    }

    private List<ProposalSnapshot> seenProposals() {
        return parts.pullRequests()
                .last()
                .map(Reading::value)
                .map(PullRequestsSnapshot::proposals)
                .orElse(List.of());
    }

    private void reviewAndCheck(FailureCollector failures) {
        var seen = parts.pullRequests().fresh().map(Reading::value).map(this::lookedUp);
        var proposals = seen.map(PullRequestsSnapshot::proposals).orElse(List.of());
        boolean isChanged = failures.returnsTrue(
                FAILED, Map.of("part", "review"), () -> steps.review().review(ledger.lastSeen(), proposals, failures));
        boolean isPublished = failures.returnsTrue(
                FAILED,
                Map.of("part", "checks"),
                () -> seen.isPresent() && steps.checks().check(ledger.lastSeen(), seen.get(), failures));
        failures.attempt(
                FAILED,
                Map.of("part", "ended-requests"),
                () -> steps.endedRequests().record(ledger.lastSeen().policy().people(), proposals, failures));
        if (isChanged || isPublished) {
            parts.pullRequests().makeDue();
        }
    }

    private PullRequestsSnapshot lookedUp(PullRequestsSnapshot pulls) {
        return parts.accounts().lookedUp(pulls, ledger.lastSeen().policy().people());
    }

    private void monitor(FailureCollector failures) {
        var needs = new AtomicBoolean(true);
        failures.attempt(FAILED, Map.of("part", "grants"), () -> needs.set(follow(failures)));
        failures.attempt(FAILED, Map.of("part", "inventory"), () -> takeInventory(failures));
        needsInstances = needs.get() || !steps.inventory().unexplained().isEmpty();
    }

    private boolean follow(FailureCollector failures) {
        var seen = new MonitorGrants.Observations(bastions(), parts.ciReports()::answer);
        var needs = steps.monitoring().follow(ledger.lastSeen(), seen, failures);
        parts.ciReports().want(needs.reports());
        return needs.bastions();
    }

    /** Only where both were read lately: an instance that an old ledger does not know may have a grant. */
    private void takeInventory(FailureCollector failures) {
        var ledgerReadAt = parts.ledger().fresh().map(Reading::at);
        if (ledgerReadAt.isPresent()) {
            steps.inventory()
                    .check(
                            ledger.lastSeen(),
                            ledgerReadAt.get(),
                            bastions(),
                            steps.monitoring().followed(),
                            failures);
        }
    }

    private MergeOrigins mergeOrigins(LedgerSnapshot snapshot) {
        return new MergeOrigins(
                parts.merges(), parts.accounts(), snapshot.policy().people());
    }

    private void recordSessions(FailureCollector failures) {
        steps.sessions().record(ledger.lastSeen(), bastions().all(), failures);
    }

    private void alarm(FailureCollector failures) {
        var snapshot = ledger.lastSeen();
        failures.attempt(
                FAILED, Map.of("part", "unreadable"), () -> steps.unreadable().check(snapshot, failures));
        failures.attempt(
                FAILED,
                Map.of("part", "layout"),
                () -> parts.layout().last().ifPresent(seen -> steps.layout().check(seen.value(), failures)));
        failures.attempt(
                FAILED,
                Map.of("part", "unapproved"),
                () -> parts.merges().want(steps.alarms().check(snapshot, mergeOrigins(snapshot), failures)));
        failures.attempt(
                FAILED, Map.of("part", "inactive"), () -> steps.inactive().check(snapshot, parts.accounts(), failures));
        failures.attempt(
                FAILED, Map.of("part", "reminders"), () -> steps.reminders().remind(snapshot, failures));
        failures.attempt(
                FAILED,
                Map.of("part", "resolutions"),
                () -> steps.resolutions().resolve(snapshot, seenProposals(), failures));
    }
}
