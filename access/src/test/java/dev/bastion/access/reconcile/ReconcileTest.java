package dev.bastion.access.reconcile;

import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.opening;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.CheckPullRequests;
import dev.bastion.access.Examples;
import dev.bastion.access.ExpireGrants;
import dev.bastion.access.KnownReads;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.MemoryProposals;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.ReviewProposals;
import dev.bastion.access.StartGrant;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.SessionMonitor;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.review.PullRequestEvaluation;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.snapshot.AnswersPart;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.InstancesPart;
import dev.bastion.access.snapshot.SnapshotPart;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pass after the other, with a clock that is moved and readers that are counted, fail or never come back. */
class ReconcileTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private Instant now = NOW;
    private final MemoryLedger ledger = new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), DEV, PROD);
    private final MemoryProposals proposals = new MemoryProposals(ledger, () -> now);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final RecordedFailures log = new RecordedFailures();
    private final Map<String, Integer> reads = new TreeMap<>();
    private final List<PullRequestEvaluation> said = new ArrayList<>();
    private final List<Integer> openWhenPullRequestsWereRead = new ArrayList<>();
    private final List<BastionObservation> bastions = new ArrayList<>();
    private final List<BastionObservation> terminated = new ArrayList<>();
    /** Readers whose threads never begin. */
    private final List<LayoutProblem> layoutProblems = new ArrayList<>();

    private final List<String> stuck = new ArrayList<>();

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final MemoryAccounts accounts = new MemoryAccounts();
    private ApplyStatus apply = new ApplyStatus.Unknown();
    private Optional<RuntimeException> awsFault = Optional.empty();

    /** Steps that begin and do not end. */
    private final List<Integer> hanging = new ArrayList<>();

    private int stepsStarted;
    private boolean leads = true;
    private Reconcile reconcile =
            new Reconcile(ledger, parts(5), this::steps, () -> leads, this::runStep, log, () -> now);

    /** A pass starts its steps in this order: expiry, pull requests, monitoring, alarms, sessions. */
    private void runStep(Runnable step) {
        if (hanging.contains(stepsStarted++)) {
            waiting.add(step);
        } else {
            step.run();
        }
    }

    private SnapshotParts parts(int instancesEvery) {
        return new SnapshotParts(
                part("ledger", 10, ledger::read),
                part("pull requests", 7, this::pullRequests),
                new InstancesPart(
                        BastionPlaces.only(() -> counted("instances", instances())),
                        Duration.ofSeconds(instancesEvery),
                        BUDGET,
                        threads("instances"),
                        log,
                        () -> now),
                part("layout", 10, () -> Collections.unmodifiableList(new ArrayList<>(layoutProblems))),
                new AnswersPart<>(
                        schedule("CI reports", 5),
                        commit -> counted("CI reports", report()),
                        threads("CI reports"),
                        log,
                        () -> now),
                new AnswersPart<>(
                        schedule("merges", 60),
                        (CommitId commit) -> counted("merges", proposals.mergedPullRequestOf(commit)),
                        threads("merges"),
                        log,
                        () -> now),
                new AccountReads(accounts, Duration.ofMinutes(2), threads("accounts"), log, () -> now));
    }

    private static SnapshotPart.Schedule schedule(String name, int seconds) {
        return new SnapshotPart.Schedule(name, ExternalSystem.AWS, Duration.ofSeconds(seconds), BUDGET);
    }

    private <T> SnapshotPart<T> part(String name, int seconds, Supplier<T> reader) {
        return new SnapshotPart<>(
                schedule(name, seconds), () -> counted(name, reader.get()), threads(name), log, () -> now);
    }

    private Executor threads(String name) {
        return work -> {
            if (stuck.contains(name)) {
                waiting.add(work);
            } else {
                work.run();
            }
        };
    }

    /** Takes a moment, as everything that is read does. */
    private ApplyStatus report() {
        now = now.plusMillis(1);
        return apply;
    }

    private <T> T counted(String name, T value) {
        reads.merge(name, 1, Integer::sum);
        return value;
    }

    private PullRequestsSnapshot pullRequests() {
        openWhenPullRequestsWereRead.add(ledger.read().openGrants().size());
        List<ManualPullRequest> open = proposals.lastSeenWaiting().stream()
                .map(proposal -> new ManualPullRequest(
                        proposal.number(),
                        Optional.empty(),
                        proposal.head(),
                        List.of(),
                        Pushers.SERVICE,
                        FileChanges.NONE))
                .toList();
        return new PullRequestsSnapshot(proposals.look(), open);
    }

    private List<BastionObservation> instances() {
        awsFault.ifPresent(fault -> {
            throw fault;
        });
        return List.copyOf(bastions);
    }

    private Reconcile.Steps steps() {
        return new Reconcile.Steps(
                new ExpireGrants(ledger, timer, () -> now),
                new ReviewProposals(ledger, proposals, notifier, timer, () -> now),
                new CheckPullRequests(proposals, (_, evaluation) -> said.add(evaluation), () -> now),
                new RecordEndedRequests(new MemoryObservations(), proposals, () -> now),
                new MonitorGrants(
                        ledger,
                        notifier,
                        _ -> true,
                        new RecordGrantObservations(new MemoryObservations()),
                        new MonitorGrants.Grace(Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(60)),
                        () -> now),
                new TakeInventory(notifier, terminated::add, Optional.of("acme/ledger"), Duration.ofMinutes(20)),
                new DetectUnapprovedGrants(
                        new StartGrant(ledger, timer, notifier),
                        new EndUnapprovedGrant(ledger, proposals, timer, notifier, () -> now),
                        notifier),
                new DetectUnreadableEnvironments(notifier, () -> now),
                new DetectLayoutProblems(notifier),
                new RemindOfBreakGlass(notifier, () -> now),
                new EndInactiveHolders(ledger, timer, notifier, () -> now),
                new RecordSessions(
                        ledger,
                        new MemoryObservations(),
                        (_, _, _) -> new SessionMonitor.Listing(List.of(), true),
                        log,
                        () -> now),
                new ResolveMessages(ledger, notifier, () -> now));
    }

    /** Passes, one each second. */
    private void passFor(int seconds) {
        for (int second = 0; second < seconds; second++) {
            reconcile.pass();
            now = now.plusSeconds(1);
        }
    }

    private Grant open(Duration length) {
        Grant grant = grant(JOHN, DEV, NOW, NOW.plus(length));
        ledger.put(grant);
        return grant;
    }

    @Test
    void aFileThatLooksLikeABastionIsAnAlarmUntilItIsGone() {
        LayoutProblem problem = new LayoutProblem(
                LayoutProblem.Kind.LOOKALIKE, "live/prod/main.tf", "it sets `deploy_bastion`", Examples.commit(3), "x");
        layoutProblems.add(problem);
        passFor(30);
        assertThat(notifier.layoutProblems).isNotEmpty().containsOnly(problem);
        layoutProblems.clear();
        passFor(15);
        notifier.layoutProblems.clear();
        passFor(30);
        assertThat(notifier.layoutProblems).isEmpty();
    }

    @Test
    void whereNothingIsOpenOnlyLedgerAndPullRequestsAreRead() {
        passFor(60);
        assertThat(reads).containsEntry("ledger", 6).containsEntry("pull requests", 9);
        assertThat(reads).doesNotContainKeys("CI reports", "merges");
        assertThat(reads.getOrDefault("instances", 0)).as("for the inventory").isBetween(2, 3);
        assertThat(log.events).isEmpty();
    }

    @ParameterizedTest(name = "every {0} s: {1} reads in five minutes")
    @CsvSource({"1, 50", "2, 25", "5, 10", "10, 10", "30, 10"})
    void theInventoryIsTakenAtSixIntervalsAndAtHalfAMinuteAtTheLatest(int every, int expected) {
        reconcile = new Reconcile(ledger, parts(every), this::steps, () -> leads, this::runStep, log, () -> now);
        passFor(300);
        assertThat(reads.getOrDefault("instances", 0)).isBetween(expected, expected + 1);
    }

    @ParameterizedTest(name = "step {0}")
    @CsvSource({"0, true", "1, false", "2, true", "3, true", "4, false"})
    void aPassHasNotFinishedWhileWhatEndsGrantsHangs(int step, boolean isStuck) {
        hanging.add(step);
        passFor(600);
        assertThat(reconcile.lastFinished()).isEqualTo(isStuck ? NOW : now.minusSeconds(1));
        assertThat(reconcile.faults().toString().contains("pull requests: deciding on them has taken"))
                .isEqualTo(step == 1);
        hanging.clear();
        waiting.forEach(Runnable::run);
        passFor(1);
        assertThat(reconcile.lastFinished()).isEqualTo(now.minusSeconds(1));
        assertThat(reconcile.faults()).isEmpty();
    }

    /** An outage of everything outside ends a pass with failures, and ends it. */
    @Test
    void aPassFinishesWhileNothingAnswers() {
        open(Duration.ofSeconds(30));
        passFor(10);
        ledger.unreachable = true;
        proposals.down = true;
        awsFault = Optional.of(
                new ObservationFailed(ExternalSystem.AWS, "listing instances", new IllegalStateException("503")));
        passFor(600);
        assertThat(reconcile.lastFinished()).isEqualTo(now.minusSeconds(1));
        assertThat(reconcile.faults()).isNotEmpty();
    }

    @Test
    void aReplicaThatDoesNotLeadExpiresGrantsAndTellsNobody() {
        leads = false;
        Grant grant = open(Duration.ofSeconds(30));
        layoutProblems.add(new LayoutProblem(
                LayoutProblem.Kind.LOOKALIKE,
                "live/prod/main.tf",
                "it sets `deploy_bastion`",
                Examples.commit(3),
                "x"));
        passFor(20);
        assertThat(timer.armed).containsEntry(DEV, grant);
        passFor(100);
        assertThat(ledger.ended).hasSize(1);
        assertThat(notifier.names()).isEmpty();
        assertThat(notifier.layoutProblems).isEmpty();
        assertThat(reads).containsKeys("ledger", "pull requests");
        assertThat(reads.getOrDefault("instances", 0)).as("for the inventory").isBetween(4, 5);
    }

    @Test
    void aReplicaThatTakesOverBeginsAsAfterARestart() {
        open(Duration.ofHours(1));
        passFor(10);
        assertThat(notifier.names()).containsOnly("Applying");
        leads = false;
        passFor(1);
        int shown = notifier.stages.size();
        passFor(60);
        assertThat(notifier.stages).hasSize(shown);
        int read = reads.getOrDefault("instances", 0);
        leads = true;
        passFor(1);
        assertThat(notifier.stages).hasSize(shown + 1);
        assertThat(reads.getOrDefault("instances", 0)).isGreaterThan(read);
        passFor(4);
        assertThat(notifier.stages).as("at once, and as long as it lasts").hasSizeLessThanOrEqualTo(shown + 2);
    }

    @Test
    void expiryNeedsNothingButTheLedger() {
        stuck.addAll(List.of("pull requests", "instances", "CI reports", "merges", "accounts"));
        Grant grant = open(Duration.ofSeconds(30));
        passFor(29);
        assertThat(timer.armed).containsEntry(DEV, grant);
        assertThat(ledger.ended).isEmpty();
        passFor(7);
        assertThat(ledger.ended).hasSize(1);
    }

    @Test
    void atAStartPullRequestsAreReadAfterWhatIsDueHasEnded() {
        open(Duration.ofSeconds(30));
        now = now.plusSeconds(90);
        reconcile.pass();
        assertThat(openWhenPullRequestsWereRead).containsExactly(0);
    }

    @Test
    void aGrantThatNoTimerEndedIsLogged() {
        open(Duration.ofMinutes(-1));
        passFor(1);
        assertThat(log.late).hasSize(1);
        assertThat(ledger.ended).hasSize(1);
    }

    @Test
    void aPartThatFailsKeepsItsLastValueAndStopsNoOther() {
        open(Duration.ofHours(1));
        passFor(10);
        awsFault = Optional.of(
                new ObservationFailed(ExternalSystem.AWS, "listing instances", new IllegalStateException("503")));
        int before = reads.getOrDefault("pull requests", 0);
        passFor(60);
        assertThat(reads.get("pull requests")).isGreaterThanOrEqualTo(before + 8);
        assertThat(log.events).contains("snapshot.read.failed {part=instances}");
        assertThat(log.events.size()).as("about once each interval").isBetween(12, 16);
        assertThat(notifier.names()).containsOnly("Applying");
        int shown = notifier.stages.size();
        passFor(60);
        assertThat(notifier.stages).as("nothing is concluded from an old look").hasSize(shown);
    }

    private void openUnapproved() {
        ApprovalRules usual = ApprovalRules.USUAL;
        ledger.policy = ApprovalScenario.policy(
                1,
                new ApprovalRules(
                        usual.window(), usual.covers(), true, usual.breakGlass(), ApprovalRules.Unapproved.END));
        ledger.put(grant(JOHN, Examples.PROD, NOW, NOW.plus(Duration.ofHours(2))));
    }

    @Test
    void whatNobodyApprovedIsEndedWithinHalfAMinute() {
        openUnapproved();
        passFor(10);
        assertThat(notifier.alarms).as("before a second look").isEmpty();
        assertThat(ledger.ended).as("before a second look").isEmpty();
        passFor(20);
        assertThat(notifier.alarms).isNotEmpty();
        assertThat(ledger.ended).extracting(PastGrant::end).containsExactly(new End.Unapproved());
        assertThat(notifier.endedBecauseUnapproved).hasSize(1);
    }

    /** It answers once, then no more; and then with the approval that it had not seen. */
    @Test
    void aForgeThatFallsSilentEndsNothing() {
        openUnapproved();
        passFor(5);
        proposals.down = true;
        passFor(50);
        assertThat(notifier.alarms).as("within a minute").isNotEmpty();
        passFor(550);
        assertThat(ledger.ended).isEmpty();
        proposals.mergedPullRequests.put(
                Examples.COMMIT,
                new ProposalRepository.MergedPullRequest(
                        7,
                        Optional.of("johndoe"),
                        ApprovalScenario.HEAD,
                        NOW,
                        List.of(ApprovalScenario.approves(1, "janeroe")),
                        Pushers.of(List.of("johndoe"))));
        proposals.down = false;
        passFor(120);
        assertThat(ledger.ended).isEmpty();
    }

    @Test
    void anApprovalThatIsSeenLateEndsNothing() {
        openUnapproved();
        passFor(10);
        proposals.mergedPullRequests.put(
                Examples.COMMIT,
                new ProposalRepository.MergedPullRequest(
                        7,
                        Optional.of("johndoe"),
                        ApprovalScenario.HEAD,
                        NOW,
                        List.of(ApprovalScenario.approves(1, "janeroe")),
                        Pushers.of(List.of("johndoe"))));
        passFor(120);
        assertThat(ledger.ended).isEmpty();
    }

    @Test
    void aPartThatNeverAnswersIsAFaultWithAnAge() {
        passFor(1);
        stuck.add("pull requests");
        passFor(60);
        assertThat(log.events).containsExactly("snapshot.read.failed {part=pull requests}");
        assertThat(reads).containsEntry("pull requests", 1).containsEntry("ledger", 7);
        stuck.clear();
        waiting.forEach(Runnable::run);
        passFor(8);
        assertThat(reads.get("pull requests")).isGreaterThan(1);
    }

    @Test
    void anApprovedProposalIsMergedInThePassThatSeesItAndItsStatusEndsGreen() {
        proposals.propose(opening(), Optional.empty(), ledger.policy);
        passFor(10);
        assertThat(said.getLast().verdict()).isEqualTo(Evaluation.Verdict.NEEDS);
        proposals.review(42, approves(1, "janeroe"));
        passFor(8);
        assertThat(ledger.lastSeen().openGrants())
                .extracting(Grant::environment)
                .containsExactly(PROD);
        assertThat(said.getLast().verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
        passFor(60);
        assertThat(said).noneMatch(evaluation -> evaluation.verdict() == Evaluation.Verdict.REFUSED);
    }

    @Test
    void aGrantIsGoneOnceTheBastionsWereLookedAtAfterCiWasDone() {
        open(Duration.ofSeconds(10));
        passFor(20);
        assertThat(ledger.ended).hasSize(1);
        assertThat(notifier.names().getLast()).isEqualTo("Closing");
        apply = new ApplyStatus.Succeeded(Optional.empty(), Optional.of(now.minus(ClosingGrant.LISTED_WITHIN)));
        passFor(11);
        assertThat(notifier.names().getLast()).isEqualTo("Gone");
    }

    @Test
    void anUnapprovedGrantIsAlarmedWhenTheForgeWasAsked() {
        ledger.put(grant(JOHN, PROD, NOW, NOW.plusSeconds(3600)));
        passFor(20);
        assertThat(notifier.alarms).isNotEmpty();
        int asked = reads.getOrDefault("merges", 0);
        passFor(60);
        assertThat(reads.get("merges")).as("asked again each minute").isLessThanOrEqualTo(asked + 1);
    }

    @Test
    void whatTheServiceWritesItselfIsSeenWithoutARead() {
        passFor(1);
        open(Duration.ofHours(1));
        int before = reads.getOrDefault("ledger", 0);
        passFor(5);
        assertThat(reads).containsEntry("ledger", before);
        assertThat(notifier.stages).hasAtLeastOneElementOfType(GrantStage.Applying.class);
    }

    @Test
    void anErrorInOneStepStopsNoOtherButRunningOutOfMemoryIsThrown() {
        open(Duration.ofMinutes(-1));
        proposals.propose(opening(), Optional.empty(), ledger.policy);
        proposals.review(42, approves(1, "janeroe"));
        proposals.beforeNextMerge = () -> {
            throw new StackOverflowError("reading a hostile message");
        };
        passFor(2);
        assertThat(log.failures).hasAtLeastOneElementOfType(StackOverflowError.class);
        assertThat(ledger.ended).hasSize(1);

        FailureCollector failures = new FailureCollector(log);
        assertThatThrownBy(() -> failures.attempt("any", Map.of(), () -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        failures.throwIfAny();
    }

    /** Each alarm is a part of its own: here the list of layout problems cannot even be gone through. */
    @Test
    void anAlarmThatFailsStopsNoOther() {
        openUnapproved();
        layoutProblems.add(null);
        passFor(20);
        assertThat(notifier.alarms).isNotEmpty();
        assertThat(log.events).anyMatch(event -> event.equals("reconcile.step.failed {part=layout}"));
    }

    /** An instance of which nothing can be said hides no environment. */
    @Test
    void aStatusThatCannotBeShownHidesNoOther() {
        ReportStatus status = new ReportStatus(
                ledger, KnownReads.look(() -> Collections.singletonList(null), log), proposals, KnownReads.NONE, log);
        assertThat(status.all().lines())
                .extracting(line -> line.state().environment())
                .containsExactlyElementsOf(ledger.read().environments());
        assertThat(log.events).anyMatch(event -> event.startsWith("status.line.failed"));
        ReportStatus unobserved = new ReportStatus(
                ledger,
                KnownReads.look(
                        () -> {
                            throw new IllegalStateException("no answer that can be read");
                        },
                        log),
                proposals,
                KnownReads.NONE,
                log);
        assertThat(unobserved.all().lines()).isNotEmpty().noneMatch(StatusReport.Line::looked);
    }

    @Test
    void everyFailureIsKeptAndThrownTogether() {
        FailureCollector failures = new FailureCollector(log);
        failures.attempt("item.failed", Map.of("item", "1"), () -> {
            throw new IllegalStateException("one");
        });
        failures.attempt("item.failed", Map.of("item", "2"), () -> {
            throw new AssertionError("two");
        });
        assertThat(log.events).containsExactly("item.failed {item=1}", "item.failed {item=2}");
        assertThatThrownBy(failures::throwIfAny)
                .hasMessage("one")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    }

    @Test
    void theLedgerThatCannotBeReadIsAFaultWithAnAge() {
        passFor(1);
        ledger.unreachable = true;
        passFor(30);
        assertThat(reconcile.faults()).first().asString().contains("ledger").contains("last read");
    }
}
