package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.EndGrant;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.Outcome;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.RequestAccess;
import dev.bastion.access.SubmitForApproval;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the ledger keeps of a grant's bastion, from what the monitor sees. */
class RecordGrantObservationsTest {
    private static final URI RUN = URI.create("https://ci.example/1");
    private static final ApplyStatus APPLIED =
            new ApplyStatus.Succeeded(Optional.of(RUN), Optional.of(NOW.plusSeconds(50)));
    private static final String BY_API = "Client.UserInitiatedShutdown: User initiated shutdown";
    private static final String BY_ITSELF = "Client.InstanceInitiatedShutdown: Instance initiated shutdown";
    private static final Instance INSTANCE = new Instance(
            "i-1", Optional.of("123456789012"), Optional.of("eu-west-1"), Optional.of("ami-0123456789abcdef0"));

    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final MemoryObservations log = new MemoryObservations();
    private List<BastionObservation> bastions = List.of();
    private boolean isAccepted = true;
    private ApplyStatus apply = APPLIED;
    private Instant now = NOW;

    private final RequestAccess requestAccess =
            new RequestAccess(ledger, new SubmitForApproval(new NoApprovals(), notifier), notifier, timer, () -> now);
    private final EndGrant endGrant = new EndGrant(ledger, timer, () -> now);
    private MonitorGrants monitor = process();
    private final Grant grant = opened();

    private MonitorGrants process() {
        return new MonitorGrants(
                ledger,
                notifier,
                _ -> isAccepted,
                new RecordGrantObservations(log),
                new MonitorGrants.Grace(Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(60)),
                () -> now);
    }

    private Grant opened() {
        return ((Outcome.Done) requestAccess.request(request(JOHN, DEV, "8h", ""))).grant();
    }

    private void follow(int seconds, BastionObservation... seen) {
        now = NOW.plusSeconds(seconds);
        bastions = List.of(seen);
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        monitor.follow(
                ledger.read(),
                new MonitorGrants.Observations(
                        Sightings.of(Optional.of(new Reading<>(bastions, now))),
                        _ -> Optional.of(new Reading<>(apply, now))),
                failures);
        failures.throwIfAny();
    }

    private BastionObservation bastion(Condition condition, String endReason) {
        return new BastionObservation(
                "dev",
                Optional.of(grant.request()),
                "i-1",
                condition,
                "running",
                Optional.empty(),
                new BastionObservation.Ownership(true, Optional.empty(), Optional.empty()),
                new BastionObservation.Details(
                        INSTANCE.account(),
                        INSTANCE.region(),
                        INSTANCE.image(),
                        Optional.of(endReason).filter(text -> !text.isEmpty())));
    }

    private BastionObservation ready() {
        return bastion(Condition.READY, "");
    }

    private void end(int seconds) {
        now = NOW.plusSeconds(seconds);
        assertThat(endGrant.end(new End.EndedBy(JOHN), DEV, Optional.empty())).isInstanceOf(Outcome.Done.class);
    }

    private Observation.Subject subject() {
        return new Observation.Subject(DEV, grant.request(), JOHN);
    }

    private Observation.Gone gone(int at, Optional<Integer> lastSeen, GoneSource source) {
        return new Observation.Gone(
                subject(), NOW.plusSeconds(at), Optional.of(INSTANCE), lastSeen.map(NOW::plusSeconds), source);
    }

    private Observation.Gone recordedGone() {
        return log.all.stream()
                .filter(Observation.Gone.class::isInstance)
                .map(Observation.Gone.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGrantFromReadyToGone() {
        follow(60, bastion(Condition.COMING, ""));
        assertThat(log.all).isEmpty();
        follow(95, ready());
        follow(100, ready());
        Observation.Ready ready =
                new Observation.Ready(subject(), NOW.plusSeconds(95), INSTANCE, Duration.ofSeconds(95));
        assertThat(log.all).containsExactly(ready);
        end(600);
        follow(610, ready());
        follow(630, bastion(Condition.LEAVING, BY_API));
        follow(640);
        follow(800);
        assertThat(log.all).containsExactly(ready, gone(640, Optional.of(630), new GoneSource.Apply(Optional.of(RUN))));
    }

    @Test
    void absenceCountsFromItsFirstObservationThoughCiHasYetToFinish() {
        follow(95, ready());
        end(600);
        apply = new ApplyStatus.Running(Optional.of(RUN));
        follow(640);
        follow(700, ready());
        follow(720);
        assertThat(log.all).hasSize(1);
        apply = APPLIED;
        follow(900);
        assertThat(recordedGone()).isEqualTo(gone(720, Optional.of(700), new GoneSource.Apply(Optional.of(RUN))));
    }

    @Test
    void anInstanceThatEndedItselfIsNotTheWorkOfCi() {
        follow(95, ready());
        follow(300, bastion(Condition.LEAVING, BY_ITSELF));
        end(600);
        follow(610);
        follow(900);
        assertThat(recordedGone().source()).isEqualTo(new GoneSource.Platform(BY_ITSELF));
    }

    @Test
    void anInstanceThatWentBeforeTheReversionIsNotTheWorkOfCi() {
        follow(95, ready());
        follow(300);
        end(600);
        follow(610);
        follow(900);
        assertThat(recordedGone()).isEqualTo(gone(300, Optional.of(95), new GoneSource.Unknown()));
    }

    @Test
    void aTerminationOfTheServiceIsItsOwn() {
        follow(95, ready());
        end(600);
        apply = new ApplyStatus.Failed("apply", Optional.of(RUN));
        follow(1_900, ready());
        follow(1_910, bastion(Condition.LEAVING, BY_API));
        follow(1_920);
        follow(6_000);
        assertThat(recordedGone()).isEqualTo(gone(1_920, Optional.of(1_910), new GoneSource.Service()));
    }

    @Test
    void aTerminationThatAwsDidNotAcceptIsNotOfTheService() {
        follow(95, ready());
        end(600);
        isAccepted = false;
        apply = new ApplyStatus.Failed("apply", Optional.of(RUN));
        follow(1_900, ready());
        follow(1_910, bastion(Condition.LEAVING, BY_API));
        follow(1_920);
        follow(6_000);
        assertThat(recordedGone().source()).isEqualTo(new GoneSource.Platform(BY_API));
    }

    @Test
    void aProcessThatStoppedBetweenGoneAndItsEntryLeavesItToTheNextOne() {
        follow(95, ready());
        end(600);
        follow(610, ready());
        follow(640);
        follow(800);
        log.all.removeIf(Observation.Gone.class::isInstance);
        monitor = process();
        follow(1_000);
        follow(1_100);
        assertThat(log.all).hasSize(2);
        assertThat(recordedGone())
                .as("the instance stands in the ledger; when it was seen last does not")
                .isEqualTo(gone(1_000, Optional.empty(), new GoneSource.Apply(Optional.of(RUN))));
    }

    /** What an older version of the service followed to its end has no entry, and gets none with a time of today. */
    @Test
    void anEndThatPeopleHaveSeenAndThatWasNeverRecordedAsReadyStaysAsItIs() {
        follow(95, ready());
        end(600);
        follow(640);
        follow(800);
        log.all.clear();
        monitor = process();
        follow(1_000);
        assertThat(log.all).isEmpty();
    }

    /** An observation of another grant, from before, so that this ledger has them. */
    private void observedBefore() {
        log.all.add(new Observation.Gone(
                new Observation.Subject(DEV, RequestId.derivedFrom("before"), JOHN),
                NOW.minusSeconds(3_600),
                Optional.empty(),
                Optional.empty(),
                new GoneSource.Unknown()));
    }

    private List<Observation> ofTheGrant() {
        return log.of(grant.request());
    }

    @Test
    void aProcessThatLostAllItObservedLeavesTheEndToTheNextOne() {
        observedBefore();
        follow(95, ready());
        end(600);
        follow(640);
        follow(800);
        log.all.removeAll(ofTheGrant());
        monitor = process();
        follow(1_000);
        follow(1_100);
        monitor = process();
        follow(1_200);
        assertThat(ofTheGrant())
                .containsExactly(new Observation.Gone(
                        subject(),
                        NOW.plusSeconds(1_000),
                        Optional.empty(),
                        Optional.empty(),
                        new GoneSource.Apply(Optional.of(RUN))));
    }

    @Test
    void aGrantThatEndedWhileNoProcessRanIsGoneByWhatIsKnown() {
        observedBefore();
        apply = new ApplyStatus.Unknown();
        end(600);
        monitor = process();
        follow(10_000);
        follow(10_100);
        assertThat(ofTheGrant())
                .containsExactly(new Observation.Gone(
                        subject(),
                        NOW.plusSeconds(10_000),
                        Optional.empty(),
                        Optional.empty(),
                        new GoneSource.Unknown()));
    }

    @Test
    void whatIsStillOnlineIsReadyForTheNextProcess() {
        follow(95, ready());
        log.all.clear();
        monitor = process();
        follow(300, ready());
        follow(310, ready());
        assertThat(log.all)
                .containsExactly(
                        new Observation.Ready(subject(), NOW.plusSeconds(300), INSTANCE, Duration.ofMinutes(5)));
    }

    @Test
    void aBastionThatNeverCameIsGoneWithoutAnInstance() {
        end(600);
        follow(640);
        follow(800);
        assertThat(recordedGone().instance()).isEmpty();
        assertThat(recordedGone().lastSeen()).isEmpty();
    }

    @Test
    void anIdleGrantRecordsNothingMore() {
        for (int second = 95; second < 2_000; second += 5) {
            follow(second, ready());
        }
        assertThat(log.all).hasSize(1);
    }
}
