package dev.bastion.access;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.extension;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Connection;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.ExtensionRequest;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Audience;
import dev.bastion.access.policy.PeopleDirectory;
import dev.bastion.access.policy.RulesByEnvironment;
import dev.bastion.access.port.AppliedCommit;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The service's verbs against a ledger in memory: who is told what, what is timed, what is written. */
class UseCasesTest {
    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD, new EnvironmentName("staging"));
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final List<BastionObservation> bastions = new ArrayList<>();
    private final List<BastionObservation> terminated = new ArrayList<>();
    private ApplyStatus apply = new ApplyStatus.Unknown();
    private Instant now = NOW;

    private final SubmitForApproval others = new SubmitForApproval(new NoApprovals(), notifier);
    private final RequestAccess requestAccess = new RequestAccess(ledger, others, notifier, timer, () -> now);
    private final ExtendGrant extendGrant = new ExtendGrant(ledger, others, timer, () -> now);
    private final EndGrant endGrant = new EndGrant(ledger, timer, () -> now);
    private final ExpireGrants expireGrants = new ExpireGrants(ledger, timer, () -> now);
    private final MonitorGrants followGrants = new MonitorGrants(
            ledger,
            notifier,
            this::terminate,
            new MonitorGrants.Grace(Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(60)),
            () -> now);

    private MonitorGrants.Needs follow() {
        return follow(Optional.of(new Reading<>(List.copyOf(bastions), now)), now);
    }

    private MonitorGrants.Needs follow(Optional<Reading<List<BastionObservation>>> seen, Instant reportedAt) {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        MonitorGrants.Observations observations =
                new MonitorGrants.Observations(seen, _ -> Optional.of(new Reading<>(apply, reportedAt)));
        MonitorGrants.Needs needs = followGrants.follow(ledger.read(), observations, failures);
        failures.throwIfAny();
        return needs;
    }

    private List<Grant> sweep() {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        List<Grant> ended = expireGrants.sweep(ledger.read(), failures);
        failures.throwIfAny();
        return ended;
    }

    /** Those that AWS will not end. */
    private final Set<String> stubborn = new HashSet<>();

    private void terminate(BastionObservation bastion) {
        if (stubborn.contains(bastion.environment())) {
            throw new ObservationFailed("terminating " + bastion.instance(), new IllegalStateException("denied"));
        }
        terminated.add(bastion);
    }

    @Test
    void aRequestIsShownWrittenTimedAndShownAgain() {
        Outcome outcome = requestAccess.request(request(JOHN, DEV, "2h", "INC-12"));
        Grant grant = done(outcome);
        assertThat(grant.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
        assertThat(grant.shownIn()).contains(RecordedNotifications.MESSAGE);
        assertThat(timer.armed).containsEntry(DEV, grant);
        assertThat(notifier.stages).containsExactly(new GrantStage.Applying(Optional.empty()));
    }

    @Test
    void nobodyToTellStopsNothing() {
        notifier.deaf = true;
        assertThat(done(requestAccess.request(request(JOHN, DEV, "2h", ""))).shownIn())
                .isEmpty();
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void theSameRequestDeliveredTwiceIsOneGrant() {
        AccessRequest request = request(JOHN, DEV, "2h", "");
        Grant first = done(requestAccess.request(request));
        assertThat(done(requestAccess.request(request))).isEqualTo(first);
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void whoLosesTheRaceIsToldWhoWon() {
        Grant faster = grant(JANE, DEV, NOW, NOW.plusSeconds(60));
        ledger.meanwhile = () -> ledger.put(faster);
        assertThat(requestAccess.request(request(JOHN, DEV, "2h", "")))
                .isEqualTo(new Outcome.Refused(new Refusal.AlreadyOpen(faster)));
        assertThat(notifier.nothing).containsExactly("another request was recorded first");
        assertThat(timer.armed).isEmpty();
    }

    @Test
    void aRequestThatGitDidNotTakeIsSaidToHaveComeToNothing() {
        ledger.meanwhile = () -> ledger.unreachable = true;
        assertThatThrownBy(() -> requestAccess.request(request(JOHN, DEV, "2h", "")))
                .isInstanceOf(LedgerUnreachable.class);
        assertThat(notifier.nothing).containsExactly("git did not accept the commit");
    }

    @Test
    void unknownAndProtectedEnvironmentsAreRefused() {
        EnvironmentName nowhere = new EnvironmentName("nowhere");
        assertThat(requestAccess.request(request(JOHN, nowhere, "", "")))
                .isEqualTo(new Outcome.Refused(new Refusal.UnknownEnvironment(
                        nowhere.value(), List.of(DEV, PROD, new EnvironmentName("staging")))));
        assertThat(requestAccess.request(request(JOHN, PROD, "", "x")))
                .isEqualTo(new Outcome.Refused(new Refusal.NeedsApproval(PROD, 1)));
        assertThat(ledger.written).isEmpty();
    }

    @Test
    void anExtensionMovesTheTimer() {
        requestAccess.request(request(JOHN, DEV, "2h", ""));
        Grant longer = done(extendGrant.extend(extension(JOHN, DEV, "1h")));
        assertThat(longer.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(3)));
        assertThat(timer.armed).containsEntry(DEV, longer);
    }

    @Test
    void anExtensionThatLostARaceIsDecidedAnew() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        ledger.meanwhile = () -> ledger.put(grant.until(NOW.plus(Duration.ofHours(11))));
        assertThat(extendGrant.extend(extension(JOHN, DEV, "2h")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TotalReached.class));
    }

    /** A button means the grant it was shown with, also when that one ends and another opens while it is pressed. */
    @Test
    void onlyTheGrantThatIsMeantIsExtendedOrEnded() {
        Grant meant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        Optional<RequestId> only = Optional.of(meant.request());
        ExtensionRequest longer = new ExtensionRequest(meant.request(), JOHN, DEV, Optional.empty(), only);
        assertThat(done(extendGrant.extend(longer)).request()).isEqualTo(meant.request());
        Grant next = grant(JOHN, DEV, NOW.plusSeconds(1), NOW.plusSeconds(60));
        Outcome no = new Outcome.Refused(new Refusal.NoLongerOpen(DEV));

        ledger.meanwhile = () -> ledger.put(next);
        assertThat(extendGrant.extend(longer)).isEqualTo(no);
        assertThat(endGrant.end(JOHN, DEV, only)).isEqualTo(no);
        assertThat(ledger.read().openGrants()).containsExactly(next);

        done(endGrant.end(JOHN, DEV, Optional.empty()));
        assertThat(extendGrant.extend(longer)).isEqualTo(no);
        assertThat(endGrant.end(JOHN, DEV, only)).isEqualTo(no);
    }

    @Test
    void endingEarlyStopsTheTimer() {
        requestAccess.request(request(JOHN, DEV, "2h", ""));
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        assertThat(timer.armed).isEmpty();
        assertThat(ledger.ended).extracting(PastGrant::end).containsExactly(new End.EndedBy(JOHN));
    }

    @Test
    void theClockEndsAGrant() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        now = grant.expiresAt();
        expireGrants.expire(grant);
        assertThat(ledger.ended).extracting(PastGrant::end).containsExactly(new End.Expired());
    }

    @Test
    void aTimerThatComesEarlyIsArmedAgain() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        timer.armed.clear();
        now = grant.expiresAt().minusMillis(2);
        expireGrants.expire(grant);
        assertThat(ledger.ended).isEmpty();
        assertThat(timer.armed).containsEntry(DEV, grant);
    }

    @Test
    void anExtensionThatWonTheRaceSurvivesTheTimer() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        Grant longer = done(extendGrant.extend(extension(JOHN, DEV, "")));
        timer.armed.clear();
        now = grant.expiresAt();
        expireGrants.expire(grant);
        assertThat(ledger.ended).isEmpty();
        assertThat(timer.armed).containsEntry(DEV, longer);
    }

    @Test
    void theSweepEndsWhatIsOverAndTimesWhatIsOpenAlsoWhatWasMadeByHand() {
        Grant over = grant(JOHN, DEV, NOW.minusSeconds(7200), NOW.minusSeconds(1));
        Grant open = grant(JANE, PROD, NOW, NOW.plusSeconds(60));
        ledger.put(over);
        ledger.put(open);
        assertThat(sweep()).containsExactly(over);
        assertThat(ledger.ended).extracting(PastGrant::grant).containsExactly(over);
        assertThat(timer.armed).containsEntry(PROD, open);
        assertThat(sweep()).isEmpty();
    }

    @Test
    void aSweepThatCannotWriteSaysSo() {
        ledger.put(grant(JOHN, DEV, NOW.minusSeconds(7200), NOW.minusSeconds(1)));
        ledger.meanwhile = () -> ledger.unreachable = true;
        assertThatThrownBy(this::sweep).isInstanceOf(LedgerUnreachable.class);
    }

    @Test
    void aGrantIsFollowedFromApplyingToGoneByWhatIsSeen() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        URI run = URI.create("https://ci.example/1");
        apply = new ApplyStatus.Running(Optional.of(run));
        follow();
        see(grant, BastionObservation.Condition.COMING);
        apply = new ApplyStatus.Succeeded(Optional.of(run));
        follow();
        see(grant, BastionObservation.Condition.READY);
        follow();
        now = grant.expiresAt().minus(Duration.ofMinutes(15));
        follow();
        now = grant.expiresAt().plusSeconds(1);
        follow();
        expireGrants.expire(grant);
        follow();
        bastions.clear();
        follow();
        assertThat(notifier.names())
                .containsExactly("Applying", "Applying", "Applying", "Ready", "EndsSoon", "Overdue", "Closing", "Gone");
        follow();
        assertThat(notifier.stages).hasSize(8);
    }

    @Test
    void aBastionThatStaysIsAnAlarmAndThenIsEnded() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        see(grant, BastionObservation.Condition.READY);
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        now = NOW.plus(Duration.ofMinutes(11));
        follow();
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Lingering.class);
        assertThat(terminated).isEmpty();
        now = NOW.plus(Duration.ofMinutes(21));
        follow();
        assertThat(terminated).hasSize(1);
    }

    @Test
    void oneThatCannotBeEndedKeepsNoOtherFromBeingEnded() {
        EnvironmentName staging = new EnvironmentName("staging");
        ledger.policy = new AccessPolicy(
                RulesByEnvironment.unnamed(Examples.rules(Audience.EVERYONE, false, 0)), PeopleDirectory.NOBODY);
        List<BastionObservation> both = new ArrayList<>();
        for (EnvironmentName environment : List.of(DEV, staging)) {
            see(done(requestAccess.request(request(JOHN, environment, "2h", ""))), BastionObservation.Condition.READY);
            both.addAll(bastions);
            done(endGrant.end(JOHN, environment, Optional.empty()));
        }
        bastions.clear();
        bastions.addAll(both);
        stubborn.add(DEV.value());
        now = NOW.plus(Duration.ofMinutes(21));
        assertThatThrownBy(this::follow).isInstanceOf(ObservationFailed.class);
        assertThat(terminated).extracting(BastionObservation::environment).containsExactly(staging.value());
    }

    @Test
    void theBastionOfTheNextGrantDoesNotKeepTheLastOneFromBeingGone() {
        Grant first = done(requestAccess.request(request(JOHN, DEV, "2h", "first")));
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        Grant second = done(requestAccess.request(request(JANE, DEV, "2h", "second")));
        see(second, BastionObservation.Condition.READY);
        apply = new ApplyStatus.Succeeded(Optional.empty());
        follow();
        assertThat(notifier.gone).contains(first.request());
        assertThat(notifier.stages).hasAtLeastOneElementOfType(GrantStage.Ready.class);
    }

    @Test
    void absenceBeforeCiWasThereIsNotGone() {
        done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        follow();
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Closing.class);
        now = now.plus(Duration.ofSeconds(61));
        follow();
        assertThat(notifier.stages.getLast())
                .isEqualTo(new GrantStage.Closing(
                        ledger.ended.getFirst(),
                        new GrantStage.Wait.NoReport(),
                        Optional.of(NOW.plus(Duration.ofMinutes(60)))));
        now = NOW.plus(Duration.ofMinutes(60)).plusSeconds(1);
        follow();
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Gone.class);
    }

    @Test
    void withoutAReportAbsenceCountsFromTheMomentTheBastionWasSeenLast() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        see(grant, BastionObservation.Condition.READY);
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        now = NOW.plus(Duration.ofMinutes(70));
        follow();
        bastions.clear();
        now = now.plus(Duration.ofMinutes(1));
        follow();
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Closing.class);
        now = NOW.plus(Duration.ofMinutes(130)).plusSeconds(1);
        follow();
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Gone.class);
    }

    @Test
    void aFailedReversionIsToldAlsoWhenTheBastionIsGone() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        see(grant, BastionObservation.Condition.READY);
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        apply = new ApplyStatus.Failed("terraform apply", Optional.empty());
        follow();
        assertThat(notifier.stages.getLast())
                .extracting(stage -> ((GrantStage.Closing) stage).waitsFor())
                .isEqualTo(new GrantStage.Wait.Failed("terraform apply", Optional.empty()));
        bastions.clear();
        follow();
        assertThat(notifier.stages.getLast())
                .extracting(stage -> ((GrantStage.Gone) stage).failure())
                .isEqualTo(Optional.of(apply));
    }

    @Test
    void aFailedApplyIsTold() {
        done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        apply = new ApplyStatus.Failed("terraform apply", Optional.empty());
        follow();
        assertThat(notifier.stages.getLast())
                .isEqualTo(new GrantStage.ApplyFailed("terraform apply", Optional.empty()));
    }

    /** CI's success is read after the bastions were looked at: they may have come in between. */
    @Test
    void absenceBeforeCiWasDoneIsNotGone() {
        done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        apply = new ApplyStatus.Succeeded(Optional.empty());
        follow(Optional.of(new Reading<>(List.of(), now)), now.plusMillis(1));
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Closing.class);
        follow(Optional.of(new Reading<>(List.of(), now.plusMillis(1))), now.plusMillis(1));
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Gone.class);
    }

    @Test
    void whileThePlatformDoesNotAnswerOnlyWhatTheLedgerProvesIsShown() {
        Grant open = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        int before = notifier.stages.size();
        follow(Optional.empty(), now);
        assertThat(notifier.stages).hasSize(before);
        now = open.expiresAt().plusSeconds(1);
        follow(Optional.empty(), now);
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Overdue.class);
        expireGrants.expire(open);
        now = now.plus(Duration.ofHours(1));
        follow(Optional.empty(), now);
        assertThat(notifier.stages.getLast()).isInstanceOf(GrantStage.Closing.class);
    }

    @Test
    void ciIsAskedOnlyWhileItIsToMakeSomethingTrue() {
        assertThat(follow()).isEqualTo(new MonitorGrants.Needs(false, Set.of()));
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        assertThat(follow()).isEqualTo(new MonitorGrants.Needs(true, Set.of(new AppliedCommit(DEV, grant.openedBy()))));
        see(grant, BastionObservation.Condition.READY);
        assertThat(follow()).isEqualTo(new MonitorGrants.Needs(true, Set.of()));
        done(endGrant.end(JOHN, DEV, Optional.empty()));
        PastGrant past = ledger.ended.getFirst();
        assertThat(follow())
                .isEqualTo(new MonitorGrants.Needs(
                        true,
                        Set.of(new AppliedCommit(DEV, grant.openedBy()), new AppliedCommit(DEV, past.closedBy()))));
        bastions.clear();
        apply = new ApplyStatus.Succeeded(Optional.empty());
        follow();
        assertThat(follow()).isEqualTo(new MonitorGrants.Needs(false, Set.of()));
    }

    private void see(Grant grant, BastionObservation.Condition condition) {
        Connection connection =
                new Connection("i-1", "eu-central-1", "db.internal", 5432, Optional.empty(), Optional.empty());
        bastions.clear();
        bastions.add(new BastionObservation(
                grant.environment().resourceName(),
                Optional.of(grant.request()),
                "i-1",
                condition,
                "running",
                condition == BastionObservation.Condition.READY ? Optional.of(connection) : Optional.empty()));
    }

    private static Grant done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).grant();
    }
}
