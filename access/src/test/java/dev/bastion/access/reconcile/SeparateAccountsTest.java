package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.TwoAccounts.LIVE;
import static dev.bastion.access.TwoAccounts.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bastion.access.EndGrant;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.TwoAccounts;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.BastionObservation.Ownership;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.InstancesPart;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.state.UnexplainedInstance.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Environments in two accounts: only its own account can say what became of an environment's bastion. */
class SeparateAccountsTest {
    private static final String OURS = "github.com/acme/infrastructure";

    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedFailures log = new RecordedFailures();
    private final TwoAccounts accounts = new TwoAccounts();
    private final List<String> terminated = new ArrayList<>();
    private Instant now = NOW;

    private final InstancesPart instances =
            new InstancesPart(accounts, Duration.ofSeconds(5), Duration.ofSeconds(20), Runnable::run, log, () -> now);
    private final MonitorGrants monitor = new MonitorGrants(
            ledger,
            notifier,
            this::terminate,
            new RecordGrantObservations(new MemoryObservations()),
            new MonitorGrants.Grace(Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(60)),
            () -> now);
    private final TakeInventory inventory = new TakeInventory(
            new AlarmLoggingNotifier(notifier, log, () -> now),
            this::terminate,
            Optional.of(OURS),
            Duration.ofMinutes(20));

    private final Grant dev = grant(JOHN, DEV, NOW, NOW.plus(Duration.ofHours(8)));
    private final Grant prod = grant(JANE, PROD, NOW, NOW.plus(Duration.ofHours(8)));

    private boolean terminate(BastionObservation bastion) {
        terminated.add(bastion.instance());
        return true;
    }

    @BeforeEach
    void open() {
        ledger.put(dev);
        ledger.put(prod);
        accounts.at(TEST).add(bastion("i-dev", dev));
        accounts.at(LIVE).add(bastion("i-prod", prod));
        passAfter(Duration.ZERO);
    }

    private static BastionObservation bastion(String id, Grant grant) {
        return new BastionObservation(
                grant.environment().resourceName(),
                Optional.of(grant.request()),
                id,
                Condition.READY,
                "running",
                Optional.empty(),
                new Ownership(true, Optional.of(OURS), Optional.empty()));
    }

    private void passAfter(Duration time) {
        now = now.plus(time);
        instances.refreshIfDue();
        FailureCollector failures = new FailureCollector(log);
        var finished = new ApplyStatus.Succeeded(Optional.empty(), Optional.of(now.minusSeconds(120)));
        monitor.follow(
                ledger.lastSeen(),
                new MonitorGrants.Observations(
                        instances.sightings(), _ -> Optional.of(new Reading<>(finished, now.minusSeconds(120)))),
                failures);
        inventory.check(ledger.lastSeen(), now.plusMillis(1), instances.sightings(), monitor.followed(), failures);
    }

    private void end(EnvironmentName environment, Grant grant) {
        new EndGrant(ledger, new RecordedTimers(), () -> now)
                .end(new End.EndedBy(grant.holder()), environment, Optional.empty());
    }

    private List<GrantStage> stagesOf(Grant grant) {
        return notifier.shown.stream()
                .filter(shown -> shown.grant().request().equals(grant.request()))
                .map(shown -> shown.stage())
                .toList();
    }

    @Test
    void theGrantOfASilentAccountIsNotGoneUntilThatAccountSaysSo() {
        accounts.faults.put(LIVE, TwoAccounts.silent());
        end(DEV, dev);
        end(PROD, prod);
        accounts.at(TEST).clear();
        accounts.at(LIVE).clear();
        for (int minute = 0; minute < 120; minute++) {
            passAfter(Duration.ofMinutes(1));
        }
        assertThat(notifier.gone).containsExactly(dev.request());
        assertThat(stagesOf(prod).getLast())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor()).isEqualTo(new GrantStage.Wait.Unobserved()));
        assertThat(terminated).isEmpty();

        accounts.faults.clear();
        for (int minute = 0; minute < 3; minute++) {
            passAfter(Duration.ofMinutes(1));
        }
        assertThat(notifier.gone).containsExactlyInAnyOrder(dev.request(), prod.request());
    }

    @Test
    void anAccountThatRefusesIsToldWithItsRemedyForItsOwnGrantsAlone() {
        accounts.faults.put(LIVE, TwoAccounts.refused());
        end(DEV, dev);
        end(PROD, prod);
        accounts.at(TEST).clear();
        for (int minute = 0; minute < 3; minute++) {
            passAfter(Duration.ofMinutes(1));
        }
        assertThat(notifier.gone).containsExactly(dev.request());
        assertThat(stagesOf(prod).getLast())
                .isInstanceOfSatisfying(
                        GrantStage.Closing.class,
                        closing -> assertThat(closing.waitsFor())
                                .isEqualTo(new GrantStage.Wait.ObservationRefused("AccessDenied", "correct the role")));
    }

    @Test
    void theBastionOfAnOpenGrantInAnotherAccountIsAnAlarmAndNoneOfTheGrants() {
        accounts.at(TEST).clear();
        accounts.at(LIVE).add(bastion("i-stray", dev));
        passAfter(Duration.ofMinutes(1));
        assertThat(inventory.unexplained())
                .extracting(found -> found.bastion().instance(), UnexplainedInstance::cause)
                .containsExactly(tuple("i-stray", Cause.ELSEWHERE));
        assertThat(stagesOf(dev).getLast()).isNotInstanceOf(GrantStage.Ready.class);
        passAfter(Duration.ofMinutes(30));
        assertThat(terminated).as("people may use it").isEmpty();

        end(DEV, dev);
        passAfter(Duration.ofMinutes(1));
        passAfter(Duration.ofMinutes(30));
        assertThat(terminated).contains("i-stray");
        assertThat(notifier.gone).contains(dev.request());
    }

    @Test
    void anUnexplainedInstanceIsNotGoneBecauseItsAccountIsSilent() {
        Grant other = grant(JOHN, new EnvironmentName("elsewhere"), NOW, NOW.plusSeconds(60));
        accounts.at(LIVE).add(bastion("i-unknown", other));
        passAfter(Duration.ofMinutes(1));
        assertThat(inventory.unexplained()).hasSize(1);
        accounts.faults.put(LIVE, TwoAccounts.silent());
        accounts.at(LIVE).clear();
        passAfter(Duration.ofMinutes(30));
        assertThat(inventory.unexplained()).hasSize(1);
        assertThat(terminated).as("nothing waits for a silent account").isEmpty();
        accounts.faults.clear();
        passAfter(Duration.ofMinutes(5));
        assertThat(inventory.unexplained()).isEmpty();
    }
}
