package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bastion.access.MemoryLedger;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.BastionObservation.Ownership;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.state.UnexplainedInstance.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen in AWS compared with the ledger, cell by cell, and what the service does about it. */
class TakeInventoryTest {
    private static final String OURS = "github.com/acme/infrastructure";
    private static final Grant OPEN = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
    private static final Grant ENDING = grant(JANE, DEV, NOW, NOW.plusSeconds(60));
    private static final RequestId OTHER = RequestId.derivedFrom("another");

    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedFailures log = new RecordedFailures();
    private final List<BastionObservation> bastions = new ArrayList<>();
    private final List<String> terminated = new ArrayList<>();
    private final List<String> cannotBeTerminated = new ArrayList<>();
    private final List<Grant> ending = new ArrayList<>();
    private Instant now = NOW;

    private final Notifier logging = new AlarmLoggingNotifier(notifier, log, () -> now);
    private final TakeInventory inventory =
            new TakeInventory(logging, this::terminate, Optional.of(OURS), Duration.ofMinutes(20));

    private boolean terminate(BastionObservation bastion) {
        if (cannotBeTerminated.contains(bastion.instance())) {
            throw new ObservationFailed(ExternalSystem.AWS, "terminating", new IllegalStateException("denied"));
        }
        terminated.add(bastion.instance());
        return true;
    }

    /** A pass whose ledger was read after the instances were seen first. */
    private void pass() {
        now = now.plusSeconds(10);
        check(now.plusMillis(1));
    }

    private void check(Instant ledgerReadAt) {
        inventory.check(
                ledger.lastSeen(),
                ledgerReadAt,
                Sightings.of(Optional.of(new Reading<>(List.copyOf(bastions), now))),
                ending,
                new FailureCollector(log));
    }

    private static BastionObservation instance(
            String id, String environment, Optional<RequestId> request, Condition condition, Ownership ownership) {
        return new BastionObservation(environment, request, id, condition, "running", Optional.empty(), ownership);
    }

    private static BastionObservation instance(String environment, Optional<RequestId> request, Ownership ownership) {
        return instance("i-1", environment, request, Condition.COMING, ownership);
    }

    private static Ownership of(String ledger) {
        return new Ownership(true, Optional.of(ledger), Optional.empty());
    }

    private static final Ownership OLD_VERSION = new Ownership(true, Optional.empty(), Optional.empty());
    private static final Ownership GROUP_ALONE = new Ownership(false, Optional.empty(), Optional.empty());

    static Stream<Arguments> cells() {
        Optional<RequestId> open = Optional.of(OPEN.request());
        Optional<RequestId> none = Optional.empty();
        return Stream.of(
                cell("the open grant's", "dev", open, of(OURS), null, false),
                cell("the open grant's, made by an older version", "dev", open, OLD_VERSION, null, false),
                cell("the open grant's, without a request", "dev", none, OLD_VERSION, null, false),
                cell("the ending grant's", "dev", Optional.of(ENDING.request()), of(OURS), null, false),
                cell("another request's", "dev", Optional.of(OTHER), of(OURS), Cause.OTHER_REQUEST, true),
                cell("another request's, older", "dev", Optional.of(OTHER), OLD_VERSION, Cause.OTHER_REQUEST, false),
                cell("a closed environment's", "prod", open, of(OURS), Cause.CLOSED, true),
                cell("a closed environment's, no request", "prod", none, of(OURS), Cause.CLOSED, true),
                cell("of a closed environment, older", "prod", none, OLD_VERSION, Cause.CLOSED, false),
                cell("an unknown environment's", "gone", open, of(OURS), Cause.UNKNOWN_ENVIRONMENT, true),
                cell("another ledger's", "gone", open, of("github.com/x/y"), Cause.UNKNOWN_ENVIRONMENT, false),
                cell("a closed one's, another ledger's", "prod", none, of("github.com/x/y"), Cause.CLOSED, false),
                cell("a stranger with our group", "", none, GROUP_ALONE, Cause.NOT_TAGGED, false),
                cell(
                        "a stranger with our group and an open environment's name",
                        "dev",
                        open,
                        GROUP_ALONE,
                        Cause.NOT_TAGGED,
                        false),
                cell(
                        "contradictory",
                        "dev",
                        open,
                        new Ownership(true, Optional.of(OURS), Optional.of("it has the security group of prod")),
                        Cause.CONTRADICTORY,
                        false));
    }

    private static Arguments cell(
            String name,
            String environment,
            Optional<RequestId> request,
            Ownership ownership,
            @Nullable Cause cause,
            boolean isTerminated) {
        return Arguments.of(name, instance(environment, request, ownership), Optional.ofNullable(cause), isTerminated);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void anInstanceIsExplainedOrAnAlarmOnceAndOnlyOursIsTerminated(
            String name, BastionObservation bastion, Optional<Cause> cause, boolean isTerminated) {
        ledger.put(OPEN);
        ending.add(ENDING);
        bastions.add(bastion);
        pass();
        pass();
        assertThat(inventory.unexplained())
                .extracting(UnexplainedInstance::cause)
                .isEqualTo(cause.stream().toList());
        assertThat(log.alarms).hasSize(cause.isPresent() ? 1 : 0);
        assertThat(notifier.instances.isEmpty()).isEqualTo(cause.isEmpty());
        now = now.plus(Duration.ofMinutes(19));
        pass();
        assertThat(terminated).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        pass();
        assertThat(terminated).isEqualTo(isTerminated ? List.of("i-1") : List.of());
        assertThat(log.alarms).hasSize(cause.isPresent() ? 1 : 0);
        bastions.clear();
        pass();
        assertThat(notifier.goneInstances).hasSize(cause.isPresent() ? 1 : 0);
        assertThat(inventory.unexplained()).isEmpty();
    }

    @Test
    void aSecondInstanceOfAGrantIsAnAlarmAndNotTerminated() {
        ledger.put(OPEN);
        Optional<RequestId> request = Optional.of(OPEN.request());
        bastions.add(instance("i-1", "dev", request, Condition.READY, of(OURS)));
        bastions.add(instance("i-2", "dev", request, Condition.READY, of(OURS)));
        bastions.add(instance("i-3", "dev", Optional.empty(), Condition.READY, OLD_VERSION));
        bastions.add(instance("i-0", "dev", request, Condition.LEAVING, of(OURS)));
        pass();
        assertThat(inventory.unexplained())
                .extracting(found -> found.bastion().instance(), UnexplainedInstance::cause)
                .containsExactly(tuple("i-2", Cause.SECOND_OF_ITS_GRANT), tuple("i-3", Cause.SECOND_OF_ITS_GRANT));
        now = now.plus(Duration.ofHours(1));
        pass();
        assertThat(terminated).isEmpty();
    }

    @Test
    void anInstanceThatIsYoungerThanTheLastReadOfTheLedgerIsNoAlarmYet() {
        bastions.add(instance("dev", Optional.of(OPEN.request()), of(OURS)));
        check(now.minusSeconds(5));
        check(now);
        assertThat(log.alarms).isEmpty();
        ledger.put(OPEN);
        check(now.plusSeconds(5));
        assertThat(log.alarms).isEmpty();
        assertThat(notifier.instances).isEmpty();
    }

    @Test
    void anInstanceThatGetsItsGrantIsNoAlarmAnyMoreAndNotSaidToBeGone() {
        bastions.add(instance("dev", Optional.of(OPEN.request()), of(OURS)));
        pass();
        assertThat(inventory.unexplained()).hasSize(1);
        ledger.put(OPEN);
        now = now.plus(Duration.ofHours(1));
        pass();
        assertThat(inventory.unexplained()).isEmpty();
        assertThat(terminated).isEmpty();
        assertThat(notifier.goneInstances).isEmpty();
    }

    @Test
    void oneThatCannotBeTerminatedKeepsNoOtherFromIt() {
        bastions.add(instance("i-1", "prod", Optional.empty(), Condition.COMING, of(OURS)));
        bastions.add(instance("i-2", "gone", Optional.empty(), Condition.COMING, of(OURS)));
        cannotBeTerminated.add("i-1");
        pass();
        now = now.plus(Duration.ofMinutes(21));
        pass();
        assertThat(terminated).containsExactly("i-2");
        assertThat(log.events).hasSize(1);
    }

    @Test
    void withoutANameOfItsOwnTheServiceTerminatesNothing() {
        TakeInventory nameless = new TakeInventory(logging, this::terminate, Optional.empty(), Duration.ofMinutes(20));
        bastions.add(instance("prod", Optional.empty(), OLD_VERSION));
        for (int minute = 0; minute < 60; minute++) {
            now = now.plusSeconds(60);
            nameless.check(
                    ledger.lastSeen(),
                    now.plusSeconds(1),
                    Sightings.of(Optional.of(new Reading<>(bastions, now))),
                    List.of(),
                    new FailureCollector(log));
        }
        assertThat(log.alarms).hasSize(1);
        assertThat(terminated).isEmpty();
    }
}
