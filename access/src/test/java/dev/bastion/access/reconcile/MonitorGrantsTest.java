package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.EndGrant;
import dev.bastion.access.Examples;
import dev.bastion.access.ExpireGrants;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.Outcome;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.AppliedCommit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stages that the monitor shows, from observations of bastions and CI's reports. */
class MonitorGrantsTest {
    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD, new EnvironmentName("staging"));
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final List<BastionObservation> bastions = new ArrayList<>();
    private final List<BastionObservation> terminated = new ArrayList<>();
    private ApplyStatus apply = new ApplyStatus.Unknown();
    private Instant now = NOW;

    private final SubmitForApproval approval = new SubmitForApproval(new NoApprovals(), notifier);
    private final RequestAccess requestAccess = new RequestAccess(ledger, approval, notifier, timer, () -> now);
    private final EndGrant endGrant = new EndGrant(ledger, timer, () -> now);
    private final ExpireGrants expireGrants = new ExpireGrants(ledger, timer, () -> now);
    private final MonitorGrants followGrants = new MonitorGrants(
            ledger,
            notifier,
            this::terminate,
            new RecordGrantObservations(new MemoryObservations()),
            new MonitorGrants.Grace(Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(60)),
            () -> now);

    private MonitorGrants.Needs follow() {
        return follow(Optional.of(new Reading<>(List.copyOf(bastions), now)), now);
    }

    private MonitorGrants.Needs follow(Optional<Reading<List<BastionObservation>>> seen, Instant reportedAt) {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        MonitorGrants.Observations observations =
                new MonitorGrants.Observations(Sightings.of(seen), _ -> Optional.of(new Reading<>(apply, reportedAt)));
        MonitorGrants.Needs needs = followGrants.follow(ledger.read(), observations, failures);
        failures.throwIfAny();
        return needs;
    }

    /** Those that AWS will not end. */
    private final Set<String> cannotBeTerminated = new HashSet<>();

    private boolean terminate(BastionObservation bastion) {
        if (cannotBeTerminated.contains(bastion.environment())) {
            throw new ObservationFailed(
                    ExternalSystem.AWS, "terminating " + bastion.instance(), new IllegalStateException("denied"));
        }
        terminated.add(bastion);
        return true;
    }

    @Test
    void aBastionThatIsNotOnlineAfterFiveMinutesIsSlow() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        URI run = URI.create("https://ci.example/1");
        apply = new ApplyStatus.Succeeded(Optional.of(run));
        see(grant, BastionObservation.Condition.COMING);
        now = grant.createdAt().plus(GrantStage.Applying.SLOW_AFTER);
        follow();
        assertThat(notifier.stages.getLast()).isEqualTo(new GrantStage.Applying(Optional.of(run), false));
        now = now.plusSeconds(1);
        follow();
        assertThat(notifier.stages.getLast()).isEqualTo(new GrantStage.Applying(Optional.of(run), true));
        see(grant, BastionObservation.Condition.READY);
        follow();
        assertThat(notifier.names()).endsWith("Applying", "Ready");
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
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
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
            done(endGrant.end(new End.EndedBy(JOHN), environment, Optional.empty()));
        }
        bastions.clear();
        bastions.addAll(both);
        cannotBeTerminated.add(DEV.value());
        now = NOW.plus(Duration.ofMinutes(21));
        assertThatThrownBy(this::follow).isInstanceOf(ObservationFailed.class);
        assertThat(terminated).extracting(BastionObservation::environment).containsExactly(staging.value());
    }

    @Test
    void theBastionOfTheNextGrantDoesNotKeepTheLastOneFromBeingGone() {
        Grant first = done(requestAccess.request(request(JOHN, DEV, "2h", "first")));
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
        Grant second = done(requestAccess.request(request(JANE, DEV, "2h", "second")));
        see(second, BastionObservation.Condition.READY);
        apply = new ApplyStatus.Succeeded(Optional.empty(), Optional.of(NOW));
        now = NOW.plus(ClosingGrant.LISTED_WITHIN);
        follow();
        assertThat(notifier.gone).contains(first.request());
        assertThat(notifier.stages).hasAtLeastOneElementOfType(GrantStage.Ready.class);
    }

    @Test
    void absenceBeforeCiWasThereIsNotGone() {
        done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
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
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
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
    void aFailedReversionIsShownAlsoWhenTheBastionIsGone() {
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        see(grant, BastionObservation.Condition.READY);
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
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
    void aFailedApplyIsShown() {
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
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
        apply = new ApplyStatus.Succeeded(Optional.empty(), Optional.of(NOW.minus(ClosingGrant.LISTED_WITHIN)));
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
    void ciIsAskedOnlyForCommitsThatItHasYetToApply() {
        assertThat(follow()).isEqualTo(new MonitorGrants.Needs(false, Set.of()));
        Grant grant = done(requestAccess.request(request(JOHN, DEV, "2h", "")));
        assertThat(follow()).isEqualTo(new MonitorGrants.Needs(true, Set.of(new AppliedCommit(DEV, grant.openedBy()))));
        see(grant, BastionObservation.Condition.READY);
        assertThat(follow()).isEqualTo(new MonitorGrants.Needs(true, Set.of()));
        done(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty()));
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
