package dev.bastion.access.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Examples;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordRefusalsTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final Person JOHN = new Person("U12345678", "john.doe");
    private static final Person JANE = new Person("U23456789", "jane.roe");

    private Instant now = Instant.parse("2026-01-15T12:00:00Z");
    private final MemoryLedger ledger = new MemoryLedger(Examples.POLICY, DEV);
    private final MemoryObservations log = new MemoryObservations();
    private final RecordRefusals refusals = new RecordRefusals(ledger, log, new RecordedFailures(), () -> now);

    private void recording(boolean isOn) {
        AccessPolicy policy = ledger.policy;
        ledger.policy =
                new AccessPolicy(policy.environments(), policy.limits(), policy.people(), policy.owners(), isOn);
        ledger.read();
    }

    private void refuse(Person person, EnvironmentName environment, String click) {
        refusals.refused(
                new AccessRequest(
                        RequestId.derivedFrom(click), person, environment, Optional.empty(), Reason.NONE, false, now),
                new Refusal.ReasonRequired(environment));
    }

    @Test
    void aRefusalIsKeptOnlyWhereThePolicySaysSo() {
        recording(false);
        refuse(JOHN, DEV, "one");
        assertThat(log.all).isEmpty();
        recording(true);
        refuse(JOHN, DEV, "one");
        assertThat(log.all).singleElement().isInstanceOfSatisfying(Observation.Refused.class, kept -> {
            assertThat(kept.subject().person()).isEqualTo(JOHN);
            assertThat(kept.why()).contains("dev requires a reason");
            assertThat(kept.at()).isEqualTo(now);
        });
    }

    @Test
    void anEnvironmentThatDoesNotExistHasNoEntry() {
        recording(true);
        refuse(JOHN, new EnvironmentName("nowhere"), "one");
        assertThat(log.all).isEmpty();
    }

    @Test
    void whoRepeatsARefusedRequestFillsTheLedgerSlowly() {
        recording(true);
        for (int click = 0; click < 100; click++) {
            refuse(JOHN, DEV, "john " + click);
        }
        refuse(JANE, DEV, "jane");
        assertThat(log.all).hasSize(RecordRefusals.MOST_PER_HOUR + 1);
        now = now.plus(Duration.ofMinutes(61));
        refuse(JOHN, DEV, "later");
        assertThat(log.all).hasSize(RecordRefusals.MOST_PER_HOUR + 2);
    }
}
