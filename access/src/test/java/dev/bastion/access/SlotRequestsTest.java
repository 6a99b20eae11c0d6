package dev.bastion.access;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.proposal.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Requests for an environment with slots, against ports in memory. */
class SlotRequestsTest {
    private static final EnvironmentName SECOND = DEV.slot(2);

    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, SECOND, PROD);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final RequestAccess requests =
            new RequestAccess(ledger, new SubmitForApproval(new NoApprovals(), notifier), notifier, timer, () -> NOW);

    private Grant granted(AccessRequest request) {
        assertThat(requests.request(request)).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) requests.request(request)).grant();
    }

    @Test
    void twoPeopleHaveItAndTheThirdIsToldWhoEndsFirst() {
        Grant johns = granted(request(JOHN, DEV, "2h", ""));
        Grant janes = granted(request(JANE, DEV, "1h", ""));
        assertThat(johns.environment()).isEqualTo(DEV);
        assertThat(janes.environment()).isEqualTo(SECOND);
        assertThat(timer.armed).containsOnlyKeys(DEV, SECOND);
        AccessRequest third = request(MALLORY, DEV, "", "");
        Refusal refusal = new Refusal.NoFreeSlot(DEV, 2, janes);
        assertThat(requests.preview(third)).contains(new Decision.Refuse(CheckName.ENVIRONMENT, refusal));
        assertThat(requests.request(third)).isEqualTo(new Outcome.Refused(refusal));
    }

    @Test
    void aSecondRequestOfThePersonIsRefused() {
        Grant johns = granted(request(JOHN, DEV, "2h", ""));
        assertThat(requests.request(request(JOHN, DEV, "1h", "more")))
                .isEqualTo(new Outcome.Refused(new Refusal.AlreadyOpen(johns)));
        assertThat(requests.request(request(JOHN, SECOND, "1h", "more")))
                .as("by the name of the other slot")
                .isEqualTo(new Outcome.Refused(new Refusal.AlreadyOpen(johns)));
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void whoLosesTheRaceGetsTheNextSlotAndReadsNothingOfIt() {
        Grant faster = grant(JANE, DEV, NOW, NOW.plusSeconds(60));
        ledger.beforeNextWrite = () -> ledger.put(faster);
        Grant johns = granted(request(JOHN, DEV, "2h", ""));
        assertThat(johns.environment()).isEqualTo(SECOND);
        assertThat(johns.shownIn()).contains(RecordedNotifications.MESSAGE);
        assertThat(notifier.failedRequests).isEmpty();
        assertThat(notifier.requests).as("one message").isEqualTo(1);
    }

    @Test
    void whoLosesTheLastSlotIsToldSo() {
        Grant first = grant(JANE, DEV, NOW, NOW.plusSeconds(60));
        ledger.put(first);
        ledger.beforeNextWrite = () -> ledger.put(grant(MALLORY, SECOND, NOW, NOW.plusSeconds(90)));
        assertThat(requests.request(request(JOHN, DEV, "2h", "")))
                .isEqualTo(new Outcome.Refused(new Refusal.NoFreeSlot(DEV, 2, first)));
        assertThat(notifier.failedRequests).containsExactly("another request was recorded first");
    }

    @Test
    void thereAreAttemptsForEverySlot() {
        for (int number = 3; number <= 9; number++) {
            ledger.put(new EnvironmentState.Closed(DEV.slot(number)));
        }
        ledger.beforeNextWrite = () -> takeNext(1);
        assertThat(granted(request(JOHN, DEV, "2h", "")).environment()).isEqualTo(DEV.slot(9));
        assertThat(ledger.written).singleElement().isInstanceOf(LedgerChange.Open.class);
    }

    private void takeNext(int number) {
        ledger.put(grant(JANE, DEV.slot(number), NOW, NOW.plus(Duration.ofHours(1))));
        if (number < 8) {
            ledger.beforeNextWrite = () -> takeNext(number + 1);
        }
    }
}
