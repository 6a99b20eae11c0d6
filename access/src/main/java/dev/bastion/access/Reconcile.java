package dev.bastion.access;

import dev.bastion.access.grant.AppliedCommit;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ProposalRepository.MergedPullRequest;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.snapshot.AnswersPart;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.SingleFlight;
import dev.bastion.access.snapshot.SnapshotPart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The reconcile pass: everything that the service does by itself, again and again, from what there is and not from what
 * happened. A pass starts the reads that are due, takes a snapshot of what was read last, and hands it to its steps: expiry
 * first, then proposals and the statuses on pull requests, monitoring, and alarms. It waits for no read and for no step: a
 * step that still works on an earlier snapshot is left out.
 */
public final class Reconcile {
    /** Time alone changes things, too: a warning is due, a request lapses. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(5);
    /** A timer and a pass may meet at the end of a grant; later than this the timer did not work. */
    private static final Duration TIMER_TAKES = Duration.ofSeconds(5);

    /** The parts of the snapshot. A service without a forge has no pull requests and no merges. */
    public record Parts(
            SnapshotPart<LedgerSnapshot> ledger,
            SnapshotPart<PullRequestsSnapshot> pullRequests,
            SnapshotPart<List<BastionObservation>> instances,
            AnswersPart<AppliedCommit, ApplyStatus> ciReports,
            AnswersPart<CommitId, Optional<MergedPullRequest>> merges) {
        private List<String> faults() {
            return Stream.of(ledger.fault(), pullRequests.fault(), instances.fault(), ciReports.fault(), merges.fault())
                    .flatMap(Optional::stream)
                    .toList();
        }

        private List<Optional<Instant>> readAt() {
            return Stream.of(ledger, pullRequests, instances, ciReports.part(), merges.part())
                    .map(part -> part.last().map(Reading::at))
                    .toList();
        }
    }

    /** The use cases that take their share of the snapshot. */
    public record Steps(
            ExpireGrants expiry,
            ReviewProposals review,
            CheckPullRequests checks,
            MonitorGrants monitoring,
            DetectUnapprovedGrants alarms) {}

    private record Seen(CommitId head, List<Optional<Instant>> readAt) {}

    private final GrantLedger ledger;
    private final Parts parts;
    private final Steps steps;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final SingleFlight expiry;
    private final SingleFlight pullRequests;
    private final SingleFlight monitoring;
    private final SingleFlight alarms;
    private volatile boolean needsInstances = true;
    private volatile Instant finished = Instant.EPOCH;
    private Optional<Seen> before = Optional.empty();
    private Instant actedAt = Instant.MIN;

    /** @param threads one for each step */
    public Reconcile(
            GrantLedger ledger, Parts parts, Steps steps, Executor threads, ReconcileLog log, InstantSource clock) {
        this.ledger = ledger;
        this.parts = parts;
        this.steps = steps;
        this.log = log;
        this.clock = clock;
        this.expiry = new SingleFlight(threads);
        this.pullRequests = new SingleFlight(threads);
        this.monitoring = new SingleFlight(threads);
        this.alarms = new SingleFlight(threads);
    }

    /** One pass; does nothing but start reads when nothing new was read and none of the steps is due. Never blocks. */
    public synchronized void pass() {
        refresh();
        Instant now = clock.instant();
        Seen seen = new Seen(ledger.lastSeen().head(), parts.readAt());
        if (!before.equals(Optional.of(seen)) || !now.isBefore(actedAt.plus(AT_LEAST_EVERY))) {
            before = Optional.of(seen);
            actedAt = now;
            act();
        }
        finished = now;
    }

    /** When a pass last came to its end; the epoch while none has. */
    public Instant lastFinished() {
        return finished;
    }

    /** What could not be read, for people; a value that is only waited for is none. */
    public List<String> faults() {
        return parts.faults();
    }

    private void refresh() {
        parts.ledger().refreshIfDue();
        parts.pullRequests().refreshIfDue();
        if (needsInstances) {
            parts.instances().refreshIfDue();
        }
        parts.ciReports().refreshIfDue();
        parts.merges().refreshIfDue();
    }

    /** The other steps wait for expiry, so that none of them takes an ended grant for an open one; but not for a slow one. */
    private void act() {
        boolean started = expiry.start(() -> {
            step("expiry", this::expire);
            actOnTheRest();
        });
        if (!started) {
            actOnTheRest();
        }
    }

    private void actOnTheRest() {
        pullRequests.start(() -> step("pull-requests", this::reviewAndCheck));
        monitoring.start(() -> step("monitoring", this::monitor));
        alarms.start(() -> step("alarms", this::alarm));
    }

    private interface Step {
        void run(FailureCollector failures);
    }

    private void step(String name, Step step) {
        FailureCollector failures = new FailureCollector(log);
        failures.attempt("reconcile.step.failed", Map.of("step", name), () -> step.run(failures));
    }

    private void expire(FailureCollector failures) {
        Instant late = clock.instant().minus(TIMER_TAKES);
        List<Grant> ended = steps.expiry().sweep(ledger.lastSeen(), failures);
        ended.stream().filter(grant -> grant.hasEnded(late)).forEach(log::foundPastEnd);
    }

    private void reviewAndCheck(FailureCollector failures) {
        Optional<PullRequestsSnapshot> seen = parts.pullRequests().fresh().map(Reading::value);
        List<ProposalSnapshot> proposals =
                seen.map(PullRequestsSnapshot::proposals).orElse(List.of());
        boolean changed = steps.review().review(ledger.lastSeen(), proposals, failures);
        boolean posted = seen.isPresent() && steps.checks().check(ledger.lastSeen(), seen.get(), failures);
        if (changed || posted) {
            parts.pullRequests().makeDue();
        }
    }

    private void monitor(FailureCollector failures) {
        MonitorGrants.Observations seen =
                new MonitorGrants.Observations(parts.instances().fresh(), parts.ciReports()::answer);
        MonitorGrants.Needs needs = steps.monitoring().follow(ledger.lastSeen(), seen, failures);
        needsInstances = needs.bastions();
        parts.ciReports().want(needs.reports());
    }

    private void alarm(FailureCollector failures) {
        parts.merges().want(steps.alarms().check(ledger.lastSeen(), parts.merges()::answer, failures));
    }
}
