package dev.bastion.access.outage;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.EndGrant;
import dev.bastion.access.Examples;
import dev.bastion.access.KnownReads;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.Outcome;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedTimers;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndDuringOutageTest {
    private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV, PROD);
    private final List<BastionObservation> bastions = new ArrayList<>();
    private final List<String> terminated = new ArrayList<>();
    private Optional<RuntimeException> awsFault = Optional.empty();
    private final EndDuringOutage ends = new EndDuringOutage(
            new EndGrant(ledger, new RecordedTimers(), () -> NOW),
            ledger,
            KnownReads.look(this::look, new RecordedFailures()),
            bastion -> terminated.add(bastion.instance()) && bastions.remove(bastion),
            new RecordedFailures(),
            () -> NOW);
    private final Grant grant = Examples.grant(JOHN, DEV, NOW.minusSeconds(60), NOW.plus(Duration.ofHours(1)));

    private List<BastionObservation> look() {
        awsFault.ifPresent(fault -> {
            throw fault;
        });
        return List.copyOf(bastions);
    }

    @BeforeEach
    void isOpen() {
        ledger.put(grant);
        bastions.add(bastion("i-1", DEV, Optional.of(grant.request())));
    }

    @Test
    void whileGitAnswersNothingIsTerminatedByHand() {
        assertThat(ends.end(new End.EndedBy(JOHN), DEV, Optional.empty()))
                .isInstanceOfSatisfying(
                        EndResult.Answered.class,
                        result -> assertThat(result.outcome()).isInstanceOf(Outcome.Done.class));
        assertThat(terminated).isEmpty();
    }

    @Test
    void whileGitIsDownTheInstanceIsTerminatedNowAndTheCommitFollows() {
        ledger.unreachable = true;
        assertThat(ends.end(new End.EndedBy(JOHN), DEV, Optional.empty()))
                .isInstanceOfSatisfying(EndResult.Pending.class, result -> {
                    assertThat(result.terminated()).containsExactly("i-1");
                    assertThat(result.terminationFault()).isEmpty();
                });
        ends.retry();
        assertThat(ledger.written).isEmpty();
        ledger.unreachable = false;
        ends.retry();
        assertThat(ledger.written).singleElement().isInstanceOf(LedgerChange.Close.class);
        ends.retry();
        assertThat(ledger.written).hasSize(1);
    }

    /** CI applied an earlier commit in the meantime. */
    @Test
    void anInstanceThatComesBackBeforeTheCommitIsTerminatedToo() {
        ledger.unreachable = true;
        ends.end(new End.EndedBy(JOHN), DEV, Optional.empty());
        bastions.add(bastion("i-2", DEV, Optional.of(grant.request())));
        ends.retry();
        assertThat(terminated).containsExactly("i-1", "i-2");
    }

    @Test
    void whileAwsIsDownTooBothAreTriedUntilTheyAreDone() {
        ledger.unreachable = true;
        awsFault = Optional.of(new ObservationFailed(
                new Fault.Later(ExternalSystem.AWS, "listing instances", "timed out"), new IOException("timed out")));
        assertThat(ends.end(new End.EndedBy(JOHN), DEV, Optional.empty()))
                .isInstanceOfSatisfying(
                        EndResult.Pending.class,
                        result -> assertThat(result.terminationFault()).isPresent());
        awsFault = Optional.empty();
        ends.retry();
        assertThat(terminated).containsExactly("i-1");
    }

    /** Neither a stranger, nor the wrong button, nor another request's or environment's instance. */
    @Test
    void whatThisPersonMayNotEndIsNotTouched() {
        ledger.unreachable = true;
        assertThatThrownBy(() -> ends.end(new End.EndedBy(MALLORY), DEV, Optional.empty()))
                .isInstanceOf(LedgerUnreachable.class);
        assertThatThrownBy(() -> ends.end(new End.EndedBy(JOHN), PROD, Optional.empty()))
                .isInstanceOf(LedgerUnreachable.class);
        assertThatThrownBy(() -> ends.end(new End.EndedBy(JOHN), DEV, Optional.of(RequestId.derivedFrom("earlier"))))
                .isInstanceOf(LedgerUnreachable.class);
        assertThat(terminated).isEmpty();
        bastions.add(bastion("i-other", DEV, Optional.of(RequestId.derivedFrom("another"))));
        bastions.add(bastion("i-prod", PROD, Optional.of(grant.request())));
        ends.end(new End.EndedBy(JOHN), DEV, Optional.empty());
        assertThat(terminated).containsExactly("i-1");
    }

    @Test
    void anApproverEndsItTooAndALaterGrantStaysOpen() {
        ledger.unreachable = true;
        ends.end(new End.EndedBy(JANE), DEV, Optional.empty());
        ledger.unreachable = false;
        Grant later = new Grant(
                DEV,
                RequestId.derivedFrom("later"),
                JANE,
                grant.reason(),
                NOW,
                NOW.plus(Duration.ofHours(1)),
                Examples.commit(9),
                Optional.empty(),
                false);
        ledger.put(later);
        ends.retry();
        assertThat(ledger.read().openGrants()).containsExactly(later);
        assertThat(ends.end(new End.EndedBy(JOHN), DEV, Optional.of(grant.request())))
                .isEqualTo(new EndResult.Answered(new Outcome.Refused(new Refusal.NoLongerOpen(DEV))));
    }

    private static BastionObservation bastion(String id, EnvironmentName environment, Optional<RequestId> request) {
        return new BastionObservation(
                environment.resourceName(),
                request,
                id,
                BastionObservation.Condition.READY,
                "running, agent online",
                Optional.empty());
    }
}
