package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The daily question about break-glass access that nobody answered. */
class RemindOfBreakGlassTest {
    private final MemoryLedger ledger = new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), PROD);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private Instant now = NOW;

    private void remind() {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        new RemindOfBreakGlass(notifier, () -> now).remind(ledger.lastSeen(), failures);
        failures.throwIfAny();
    }

    private static Grant used(Optional<Person> approvedBy) {
        return grant(JOHN, PROD, NOW, NOW.plusSeconds(3600)).with(new ApprovalBasis.BreakGlass(approvedBy));
    }

    private void ended(Grant grant) {
        ledger.ended.clear();
        ledger.ended.add(new PastGrant(grant, new End.Expired(), grant.expiresAt(), Examples.commit(9)));
    }

    @Test
    void eachApproverIsRemindedOnceADayUntilItIsApproved() {
        ended(used(Optional.empty()));
        remind();
        assertThat(notifier.reminded).as("on the same day").isEmpty();
        for (int hours = 1; hours <= 48; hours++) {
            now = NOW.plus(Duration.ofHours(hours));
            remind();
        }
        assertThat(notifier.reminded)
                .containsExactlyInAnyOrder(
                        "jane.roe [prod] 2026-01-16T08:00:00Z",
                        "max [prod] 2026-01-16T08:00:00Z",
                        "jane.roe [prod] 2026-01-17T08:00:00Z",
                        "max [prod] 2026-01-17T08:00:00Z");
        ended(used(Optional.of(JANE)));
        now = NOW.plus(Duration.ofDays(9));
        remind();
        assertThat(notifier.reminded).hasSize(4);
    }

    @Test
    void anApprovalByTheHolderOrByNoApproverDoesNotCount() {
        now = NOW.plus(Duration.ofDays(1));
        ended(used(Optional.of(JOHN)));
        remind();
        assertThat(notifier.reminded).hasSize(2);
        ended(used(Optional.of(Examples.MALLORY)));
        now = NOW.plus(Duration.ofDays(2));
        remind();
        assertThat(notifier.reminded).hasSize(4);
    }

    @Test
    void anOpenOneIsRemindedOfToo() {
        ledger.put(used(Optional.empty()));
        now = NOW.plus(Duration.ofDays(1));
        remind();
        assertThat(notifier.reminded).hasSize(2);
    }
}
