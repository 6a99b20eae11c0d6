package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import dev.bastion.access.port.SessionMonitor;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who connected, recorded once, after the bastion is recorded as gone. */
class RecordSessionsTest {
    private static final String JANES = "arn:aws:sts::123456789012:assumed-role/developer/jane.roe";
    private static final Instant ENDED = NOW.plus(Duration.ofHours(1));
    private static final Instant GONE = ENDED.plusSeconds(90);
    private static final Fault.Refused REFUSED = new Fault.Refused(
            ExternalSystem.AWS, "listing sessions", "AccessDeniedException", "allow ssm:DescribeSessions");

    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD);
    private final RecordedFailures failures = new RecordedFailures();
    private final MemoryObservations log = new MemoryObservations();
    private final List<BastionObservation> bastions = new ArrayList<>();
    private final Ssm ssm = new Ssm();
    private Instant now = GONE;
    private RecordSessions step = started();

    /** SSM as far as the step sees it. */
    private static final class Ssm implements SessionMonitor {
        private final Map<String, List<Session>> sessions = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private Optional<Fault> fault = Optional.empty();
        /** The instances for which it has the fault; all where none is named. */
        private final Set<String> refused = new HashSet<>();

        private String broken = "";
        private boolean isActive;

        @Override
        public Listing sessionsOf(EnvironmentName environment, String instance, Instant since) {
            asked.add(instance);
            if (instance.equals(broken)) {
                throw new IllegalStateException("a failure that nobody foresaw");
            }
            fault.filter(_ -> refused.isEmpty() || refused.contains(instance)).ifPresent(known -> {
                throw new ObservationFailed(known, new IllegalStateException("no"));
            });
            List<Session> listed = sessions.getOrDefault(instance, List.of()).stream()
                    .filter(session -> !session.from().isBefore(since))
                    .toList();
            return new Listing(listed, !isActive);
        }

        void add(String instance, Instant from, Optional<Instant> to) {
            sessions.computeIfAbsent(instance, _ -> new ArrayList<>())
                    .add(new Session(JANES, from, to, Optional.of("orders-dev-port")));
        }
    }

    /** A process that knows only the ledger. */
    private RecordSessions started() {
        return new RecordSessions(ledger, log, ssm, failures, () -> now);
    }

    private void write(Observation observation) {
        log.record(observation);
    }

    private void pass() {
        FailureCollector collector = new FailureCollector(failures);
        step.record(ledger.lastSeen(), bastions, collector);
    }

    private void passesUntil(Instant end) {
        for (; now.isBefore(end); now = now.plusSeconds(5)) {
            pass();
        }
        now = end;
        pass();
    }

    private Grant ended(EnvironmentName environment) {
        Grant grant = grant(JOHN, environment, NOW, ENDED);
        ledger.ended.add(new PastGrant(grant, new End.Expired(), ENDED, commit(2)));
        return grant;
    }

    private static Observation.Subject subject(Grant grant) {
        return new Observation.Subject(grant.environment(), grant.request(), grant.holder());
    }

    private static Instance instance(String id) {
        return new Instance(id, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Grant gone(EnvironmentName environment, String instance) {
        Grant grant = ended(environment);
        write(new Observation.Gone(
                subject(grant), GONE, Optional.of(instance(instance)), Optional.of(ENDED), new GoneSource.Unknown()));
        return grant;
    }

    private Optional<Observation.Sessions> recorded(Grant grant) {
        List<Observation.Sessions> found = log.of(grant.request()).stream()
                .filter(Observation.Sessions.class::isInstance)
                .map(Observation.Sessions.class::cast)
                .toList();
        assertThat(found).hasSizeLessThan(2);
        return found.stream().findFirst();
    }

    @Test
    void whoConnectedIsRecordedOnceTheBastionIsGone() {
        Grant grant = ended(DEV);
        ssm.add("i-1", NOW.plusSeconds(60), Optional.of(NOW.plusSeconds(600)));
        pass();
        assertThat(ssm.asked).isEmpty();

        write(new Observation.Gone(
                subject(grant), GONE, Optional.of(instance("i-1")), Optional.of(ENDED), new GoneSource.Service()));
        pass();
        Observation.Sessions sessions = recorded(grant).orElseThrow();
        assertThat(sessions)
                .isEqualTo(new Observation.Sessions(
                        subject(grant),
                        GONE,
                        List.of(new Session(
                                JANES,
                                NOW.plusSeconds(60),
                                Optional.of(NOW.plusSeconds(600)),
                                Optional.of("orders-dev-port"))),
                        1,
                        true));
        passesUntil(GONE.plus(Duration.ofHours(2)));
        assertThat(ssm.asked).containsExactly("i-1");
    }

    @Test
    void thatNobodyConnectedIsRecordedToo() {
        Grant grant = gone(DEV, "i-1");
        pass();
        Observation.Sessions sessions = recorded(grant).orElseThrow();
        assertThat(sessions.total()).isZero();
        assertThat(sessions.isComplete()).isTrue();
    }

    @Test
    void aSessionThatLastsIsWaitedForAndThenRecordedAsIncomplete() {
        Grant grant = gone(DEV, "i-1");
        ssm.add("i-1", NOW.plusSeconds(60), Optional.empty());
        ssm.isActive = true;
        passesUntil(GONE.plus(RecordSessions.GIVE_UP_AFTER).minusSeconds(1));
        assertThat(recorded(grant)).isEmpty();
        assertThat(ssm.asked).hasSizeBetween(2, 6);

        passesUntil(GONE.plus(RecordSessions.GIVE_UP_AFTER));
        assertThat(recorded(grant).orElseThrow().isComplete()).isFalse();
        assertThat(ssm.asked).hasSizeLessThan(8);
    }

    @Test
    void aSessionThatEndsMeanwhileIsRecordedWithItsEnd() {
        Grant grant = gone(DEV, "i-1");
        ssm.add("i-1", NOW.plusSeconds(60), Optional.empty());
        ssm.isActive = true;
        passesUntil(GONE.plus(Duration.ofMinutes(2)));
        ssm.isActive = false;
        ssm.sessions.clear();
        ssm.add("i-1", NOW.plusSeconds(60), Optional.of(GONE.plusSeconds(100)));
        passesUntil(GONE.plus(Duration.ofMinutes(8)));
        Observation.Sessions sessions = recorded(grant).orElseThrow();
        assertThat(sessions.isComplete()).isTrue();
        assertThat(sessions.sessions().getFirst().to()).contains(GONE.plusSeconds(100));
    }

    @Test
    void theFirstTwentyAreListedAndAllAreCounted() {
        Grant grant = gone(DEV, "i-1");
        IntStream.range(0, 45)
                .forEach(number -> ssm.add("i-1", NOW.plusSeconds(1000 - number), Optional.of(NOW.plusSeconds(2000))));
        pass();
        Observation.Sessions sessions = recorded(grant).orElseThrow();
        assertThat(sessions.total()).isEqualTo(45);
        assertThat(sessions.sessions()).hasSize(20);
        assertThat(sessions.sessions().getFirst().from()).isEqualTo(NOW.plusSeconds(956));
    }

    @Test
    void aRestartAsksForWhatTheLedgerDoesNotHave() {
        Grant dev = gone(DEV, "i-1");
        Grant prod = gone(PROD, "i-2");
        log.unreachable = true;
        pass();
        assertThat(recorded(dev)).isEmpty();

        log.unreachable = false;
        write(new Observation.Sessions(subject(prod), GONE, List.of(), 0, true));
        ssm.asked.clear();
        now = GONE.plus(Duration.ofDays(2));
        step = started();
        pass();
        assertThat(ssm.asked).containsExactly("i-1");
        assertThat(recorded(dev).orElseThrow().isComplete()).isTrue();
    }

    @Test
    void whatTheLedgerDidNotTakeIsOfferedAgainWithoutAskingSsmAgain() {
        Grant grant = gone(DEV, "i-1");
        log.unreachable = true;
        passesUntil(GONE.plusSeconds(60));
        log.unreachable = false;
        pass();
        assertThat(recorded(grant)).isPresent();
        assertThat(ssm.asked).hasSize(1);
    }

    @Test
    void whatSsmMayHaveForgottenIsNotCalledComplete() {
        Grant grant = gone(DEV, "i-1");
        now = NOW.plus(RecordSessions.KEPT_BY_SSM).plusSeconds(1);
        pass();
        assertThat(recorded(grant).orElseThrow().isComplete()).isFalse();
        Grant older = gone(PROD, "i-2");
        now = ENDED.plus(RecordSessions.KEPT_BY_SSM).plusSeconds(1);
        ssm.asked.clear();
        pass();
        assertThat(recorded(older)).isEmpty();
        assertThat(ssm.asked).isEmpty();
    }

    @Test
    void aReplacedInstanceCountsToo() {
        Grant open = grant(JOHN, DEV, NOW, ENDED);
        ledger.put(open);
        bastions.add(bastion("i-middle", open));
        now = NOW.plusSeconds(90);
        pass();
        bastions.clear();
        gone(DEV, "i-last");
        write(new Observation.Ready(subject(open), NOW.plusSeconds(80), instance("i-first"), Duration.ofSeconds(80)));
        ssm.add("i-first", NOW.plusSeconds(100), Optional.of(NOW.plusSeconds(101)));
        ssm.add("i-middle", NOW.plusSeconds(90), Optional.of(NOW.plusSeconds(91)));
        now = GONE;
        pass();
        assertThat(ssm.asked).containsExactlyInAnyOrder("i-first", "i-middle", "i-last");
        assertThat(recorded(open).orElseThrow().sessions())
                .extracting(Session::from)
                .containsExactly(NOW.plusSeconds(90), NOW.plusSeconds(100));
    }

    @Test
    void aSessionOfTheNextGrantOfTheSameInstanceDoesNotCount() {
        Grant grant = gone(DEV, "i-1");
        ssm.add("i-1", NOW.minusSeconds(1), Optional.of(NOW.plusSeconds(1)));
        ssm.add("i-1", GONE.plusSeconds(1), Optional.of(GONE.plusSeconds(2)));
        pass();
        assertThat(recorded(grant).orElseThrow().total()).isZero();
    }

    @Test
    void aBeginningThatAManualEditPutsIntoTheFutureHidesNoSession() {
        Grant grant = grant(JOHN, DEV, ENDED.plusSeconds(3600), ENDED.plusSeconds(7200));
        ledger.ended.add(new PastGrant(grant, new End.Expired(), ENDED, commit(2)));
        write(new Observation.Ready(subject(grant), NOW.plusSeconds(80), instance("i-1"), Duration.ZERO));
        write(new Observation.Gone(
                subject(grant), GONE, Optional.empty(), Optional.of(ENDED), new GoneSource.Unknown()));
        ssm.add("i-1", NOW.plusSeconds(100), Optional.of(NOW.plusSeconds(200)));
        pass();
        assertThat(recorded(grant).orElseThrow().total()).isEqualTo(1);
    }

    @Test
    void anInstanceThatWasNeverObservedHasNothingToAskFor() {
        Grant grant = ended(DEV);
        write(new Observation.Gone(subject(grant), GONE, Optional.empty(), Optional.empty(), new GoneSource.Unknown()));
        passesUntil(GONE.plus(Duration.ofHours(1)));
        assertThat(recorded(grant)).isEmpty();
        assertThat(ssm.asked).isEmpty();
    }

    @Test
    void aRefusalIsReportedOnceLeavesTheEntryOutAndIsTriedAgainNowAndThen() {
        Grant dev = gone(DEV, "i-1");
        Grant prod = gone(PROD, "i-2");
        ssm.fault = Optional.of(REFUSED);
        passesUntil(GONE.plus(Duration.ofMinutes(59)));
        assertThat(ssm.asked).hasSize(6);
        assertThat(failures.events).singleElement().asString().startsWith("sessions.read.failed");
        assertThat(recorded(dev)).isEmpty();

        ssm.fault = Optional.empty();
        passesUntil(now.plus(Duration.ofMinutes(10)));
        assertThat(recorded(dev).orElseThrow().isComplete()).isTrue();
        assertThat(recorded(prod)).isPresent();
    }

    @Test
    void anAccountThatRefusesHoldsUpNoOther() {
        ssm.fault = Optional.of(REFUSED);
        ssm.refused.add("i-1");
        Grant dev = ended(DEV);
        Grant prod = ended(PROD);
        for (var each : Map.of(dev, "111111111111", prod, "222222222222").entrySet()) {
            write(new Observation.Gone(
                    subject(each.getKey()),
                    GONE,
                    Optional.of(new Instance(
                            each.getKey().equals(dev) ? "i-1" : "i-2",
                            Optional.of(each.getValue()),
                            Optional.empty(),
                            Optional.empty())),
                    Optional.of(ENDED),
                    new GoneSource.Unknown()));
        }
        passesUntil(GONE.plus(Duration.ofMinutes(2)));
        assertThat(recorded(prod))
                .as("in the first minutes, not after the other's pause")
                .isPresent();
        assertThat(recorded(dev)).isEmpty();
    }

    @Test
    void anInstanceThatSsmRefusesForEverStopsNoOther() {
        ssm.fault = Optional.of(REFUSED);
        ssm.refused.add("i-1");
        gone(DEV, "i-1");
        passesUntil(GONE.plus(Duration.ofMinutes(1)));
        Grant prod = gone(PROD, "i-2");
        passesUntil(GONE.plus(Duration.ofMinutes(25)));
        assertThat(recorded(prod)).isPresent();
    }

    @Test
    void aFailureThatNobodyForesawStopsNoOtherAndIsNotRepeatedEveryPass() {
        ssm.broken = "i-1";
        gone(DEV, "i-1");
        Grant prod = gone(PROD, "i-2");
        passesUntil(GONE.plus(Duration.ofMinutes(90)));
        assertThat(recorded(prod)).isPresent();
        assertThat(ssm.asked).hasSizeLessThan(16);
    }

    @Test
    void aPlatformThatIsDownOrLimitsIsAskedAfterAPause() {
        gone(DEV, "i-1");
        ssm.fault = Optional.of(new Fault.Later(ExternalSystem.AWS, "listing", "503"));
        passesUntil(GONE.plusSeconds(59));
        assertThat(ssm.asked).hasSize(1);
        ssm.fault = Optional.of(
                new Fault.Later(ExternalSystem.AWS, "listing", "limit", Optional.of(Duration.ofMinutes(5))));
        passesUntil(GONE.plusSeconds(60 + 299));
        assertThat(ssm.asked).hasSize(2);
    }

    @Test
    void onePassReadsOnlyAFewGrantsAndTheNextOnesTheRest() {
        List<Grant> grants = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            grants.add(gone(new EnvironmentName("dev" + number), "i-" + number));
        }
        pass();
        assertThat(ssm.asked).hasSize(RecordSessions.MOST_PER_PASS);
        passesUntil(GONE.plusSeconds(20));
        assertThat(grants).allSatisfy(grant -> assertThat(recorded(grant)).isPresent());
        assertThat(ssm.asked).hasSize(10).doesNotHaveDuplicates();
    }

    private static BastionObservation bastion(String instance, Grant grant) {
        return new BastionObservation(
                grant.environment().resourceName(),
                Optional.of(grant.request()),
                instance,
                BastionObservation.Condition.READY,
                "running",
                Optional.empty());
    }
}
