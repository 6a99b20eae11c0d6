package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.BastionObservation.Ownership;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done about the instances of a grant that has ended, and what is said meanwhile. */
class EndedBastionsTest {
    private static final Ownership TAGGED = new Ownership(true, Optional.empty(), Optional.empty());
    private static final Ownership THEIRS = new Ownership(true, Optional.of("github.com/x/y"), true, Optional.empty());

    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedFailures log = new RecordedFailures();
    private final List<BastionObservation> bastions = new ArrayList<>();
    private final List<String> terminated = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<CommitId, Reading<ApplyStatus>> reports = new HashMap<>();
    private Instant now = NOW;

    private final MonitorGrants monitor = new MonitorGrants(
            ledger,
            notifier,
            new AlarmingTerminator(this::terminate, new AlarmLoggingNotifier(notifier, log, () -> now)),
            new RecordGrantObservations(new MemoryObservations()),
            new MonitorGrants.Grace(Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(60)),
            () -> now);

    private final Grant grant = grant(JOHN, DEV, NOW, NOW.plus(Duration.ofHours(8)));

    @BeforeEach
    void open() {
        ledger.put(grant);
        follow();
    }

    private boolean terminate(BastionObservation bastion) {
        if (refused.contains(bastion.instance())) {
            throw new TerminationRefused(bastion.instance(), "denied", "Do it.", new IllegalStateException());
        }
        terminated.add(bastion.instance());
        return true;
    }

    private void follow() {
        follow(Optional.of(new Reading<>(List.copyOf(bastions), now)));
    }

    private void follow(Optional<Reading<List<BastionObservation>>> seen) {
        follow(seen, Optional.empty());
    }

    private void follow(Optional<Reading<List<BastionObservation>>> seen, Optional<Fault> fault) {
        var failures = new FailureCollector(log);
        monitor.follow(
                ledger.lastSeen(),
                new MonitorGrants.Observations(
                        Sightings.of(seen, fault), applied -> Optional.ofNullable(reports.get(applied.commit()))),
                failures);
        failures.throwIfAny();
    }

    private void followAfter(Duration time) {
        now = now.plus(time);
        follow();
    }

    private void end(Grant open) {
        ledger.record(new LedgerChange.Close(open, new End.EndedBy(JOHN), now));
    }

    private void reports(CommitId commit, ApplyStatus status) {
        reports.put(commit, new Reading<>(status, now));
    }

    private void reportsSuccess() {
        reports(grant.openedBy(), new ApplyStatus.Succeeded(Optional.empty()));
        ledger.ended.forEach(past -> reports(past.closedBy(), new ApplyStatus.Succeeded(Optional.empty())));
    }

    private void put(String id, Condition condition, Optional<RequestId> request, Ownership ownership) {
        bastions.add(new BastionObservation(
                DEV.resourceName(), request, id, condition, "running", Optional.empty(), ownership));
    }

    private void put(String id, Condition condition) {
        put(id, condition, Optional.of(grant.request()), TAGGED);
    }

    private GrantStage shown() {
        return notifier.stages.getLast();
    }

    @Test
    void everyInstanceOfTheGrantIsTerminatedAndNotOnlyTheFirst() {
        put("i-1", Condition.LEAVING);
        put("i-2", Condition.COMING);
        put("i-3", Condition.READY);
        end(grant);
        followAfter(Duration.ofMinutes(21));
        assertThat(shown())
                .isInstanceOfSatisfying(
                        GrantStage.Lingering.class,
                        lingering -> assertThat(lingering.bastion().instance()).isEqualTo("i-2"));
        assertThat(terminated).containsExactly("i-2", "i-3");
    }

    @Test
    void oneThatShutsDownForEverStaysAnAlarm() {
        put("i-1", Condition.LEAVING);
        end(grant);
        reportsSuccess();
        followAfter(Duration.ofHours(5));
        assertThat(shown()).isInstanceOf(GrantStage.Lingering.class);
        assertThat(terminated).isEmpty();
        assertThat(notifier.gone).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Condition.class)
    void anInstanceOfAnotherLedgerIsNeitherShownNorTerminated(Condition condition) {
        put("i-theirs", condition, Optional.empty(), THEIRS);
        follow();
        assertThat(shown()).isInstanceOf(GrantStage.Applying.class);
        end(grant);
        reportsSuccess();
        followAfter(Duration.ofMinutes(21));
        assertThat(shown()).isInstanceOf(GrantStage.Gone.class);
        assertThat(terminated).isEmpty();
    }

    /** The instance of a grant that was made by hand names no request. */
    @Test
    void theInstanceOfTheNextGrantIsNotTakenForTheLastOnes() {
        end(grant);
        followAfter(Duration.ofMinutes(5));
        Grant next = grant(JANE, DEV, now, now.plus(Duration.ofHours(8)));
        ledger.put(next);
        put("i-next", Condition.READY, Optional.empty(), TAGGED);
        followAfter(Duration.ofMinutes(30));
        assertThat(terminated).isEmpty();
        assertThat(notifier.stages).noneMatch(GrantStage.Lingering.class::isInstance);
    }

    @Test
    void aRefusedTerminationIsAnAlarmOnceIsRepeatedAndKeepsNoOtherFromIt() {
        put("i-1", Condition.COMING);
        put("i-2", Condition.COMING);
        refused.add("i-1");
        end(grant);
        followAfter(Duration.ofMinutes(21));
        followAfter(Duration.ofMinutes(1));
        assertThat(log.alarms).hasSize(1);
        assertThat(notifier.refusedTerminations).containsOnly("i-1: Do it.");
        assertThat(terminated).containsOnly("i-2");
        refused.clear();
        followAfter(Duration.ofSeconds(5));
        assertThat(terminated).contains("i-1");
    }

    @ParameterizedTest(name = "the reversion failed {0}")
    @ValueSource(booleans = {true, false})
    void anInstanceThatAwsDoesNotListYetIsNotGone(boolean isFailed) {
        end(grant);
        reportsSuccess();
        if (isFailed) {
            reports(ledger.ended.getFirst().closedBy(), new ApplyStatus.Failed("terraform init", Optional.empty()));
        }
        follow();
        followAfter(ClosingGrant.LISTED_WITHIN.minusSeconds(1));
        assertThat(notifier.gone).isEmpty();
        put("i-1", Condition.COMING);
        followAfter(Duration.ofSeconds(1));
        assertThat(notifier.gone).isEmpty();
        bastions.clear();
        followAfter(Duration.ofSeconds(1));
        assertThat(notifier.gone).containsExactly(grant.request());
    }

    @Test
    void oneThatWasSeenAfterItsRunEndedIsGoneAtOnce() {
        put("i-1", Condition.COMING);
        reports(grant.openedBy(), new ApplyStatus.Succeeded(Optional.empty(), Optional.of(now)));
        follow();
        bastions.clear();
        end(grant);
        reports(ledger.ended.getFirst().closedBy(), new ApplyStatus.Succeeded(Optional.empty(), Optional.of(now)));
        follow();
        assertThat(shown()).isInstanceOf(GrantStage.Gone.class);
    }

    /** It was seen, then terminated in AWS, and a later run of the grant has created it again. */
    @Test
    void oneThatWasCreatedAgainIsWaitedForAgain() {
        put("i-1", Condition.COMING);
        follow();
        bastions.clear();
        now = now.plusSeconds(30);
        end(grant);
        reportsSuccess();
        follow();
        assertThat(shown())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor()).isEqualTo(new GrantStage.Wait.Listing()));
        followAfter(ClosingGrant.LISTED_WITHIN);
        assertThat(shown()).isInstanceOf(GrantStage.Gone.class);
    }

    /** Its commit is far older than a run can be, but a person has started its run again. */
    @Test
    void anOldRunThatWasStartedAgainKeepsTheGrantFromBeingGone() {
        put("i-1", Condition.READY);
        followAfter(Duration.ofHours(3));
        bastions.clear();
        end(grant);
        reportsSuccess();
        var again = new ApplyStatus.Running(Optional.empty(), Optional.of(now.minusSeconds(60)));
        reports(grant.openedBy(), again);
        followAfter(Duration.ofMinutes(30));
        assertThat(shown())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor())
                                .isEqualTo(new GrantStage.Wait.EarlierRun(grant.openedBy(), Optional.empty())));
        reportsSuccess();
        followAfter(ClosingGrant.LISTED_WITHIN.minusSeconds(1));
        assertThat(notifier.gone).as("AWS may not list yet what it has created").isEmpty();
        followAfter(Duration.ofSeconds(1));
        assertThat(shown()).isInstanceOf(GrantStage.Gone.class);
    }

    /** GitHub cancels a waiting run when a newer one comes, and nothing ever reports it. */
    @Test
    void aRunThatWasCancelledBeforeItBeganIsWaitedForAsLongAsARunCanTake() {
        end(grant);
        reports(ledger.ended.getFirst().closedBy(), new ApplyStatus.Succeeded(Optional.empty()));
        follow();
        followAfter(Duration.ofMinutes(59));
        assertThat(shown()).isInstanceOf(GrantStage.Closing.class);
        followAfter(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(shown()).isInstanceOf(GrantStage.Gone.class);
    }

    @Test
    void whileAwsDoesNotAnswerNothingIsGoneAndPeopleReadWhy() {
        end(grant);
        reportsSuccess();
        now = now.plus(Duration.ofMinutes(9));
        follow(Optional.empty());
        assertThat(shown())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor()).isNotInstanceOf(GrantStage.Wait.Unobserved.class));
        now = now.plus(Duration.ofHours(3));
        follow(Optional.empty());
        assertThat(shown())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor()).isEqualTo(new GrantStage.Wait.Unobserved()));
        follow();
        assertThat(shown()).isInstanceOf(GrantStage.Gone.class);
    }

    /** A refusal does not pass by itself, so that people read AWS's words and the remedy at once. */
    @Test
    void whatAwsRefusesToShowIsSaidAtOnceWithItsRemedy() {
        end(grant);
        follow(Optional.empty(), Optional.of(new Fault.Refused(ExternalSystem.AWS, "listing", "denied", "allow it")));
        assertThat(shown())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor())
                                .isEqualTo(new GrantStage.Wait.ObservationRefused("denied", "allow it")));
        now = now.plus(Duration.ofHours(3));
        follow(Optional.empty(), Optional.of(new Fault.Later(ExternalSystem.AWS, "listing", "timed out")));
        assertThat(shown())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor()).isEqualTo(new GrantStage.Wait.Unobserved()));
    }
}
