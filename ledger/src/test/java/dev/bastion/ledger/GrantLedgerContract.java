package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.breakGlass;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of every ledger, wherever its remote is. */
public interface GrantLedgerContract {
    GrantLedger ledger();

    /** The same ledger, opened by another process that has only the remote. */
    GrantLedger readByAnotherProcess();

    default RecordResult.Recorded recorded(RecordResult result) {
        assertThat(result).isInstanceOf(RecordResult.Recorded.class);
        return (RecordResult.Recorded) result;
    }

    @Test
    default void everyEnvironmentIsClosedAtFirst() {
        assertThat(ledger().read().states().values())
                .containsExactly(new EnvironmentState.Closed(DEV), new EnvironmentState.Closed(PROD));
    }

    @Test
    default void anotherProcessSeesAnOpenedGrant() {
        RecordResult.Recorded result = recorded(ledger().record(open(DEV, "one")));
        Grant grant = result.grant();
        assertThat(result.repeated()).isFalse();
        assertThat(grant.holder()).isEqualTo(JOHN);
        assertThat(grant.createdAt()).isEqualTo(NOON);
        assertThat(grant.expiresAt()).isEqualTo(TWO);
        assertThat(grant.openedBy()).isEqualTo(result.commit());
        assertThat(grant.shownIn()).contains(SHOWN);
        assertThat(grant.madeByHand()).isFalse();
        assertThat(ledger().read().state(DEV)).contains(new EnvironmentState.Open(grant));
        assertThat(readByAnotherProcess().read().state(DEV)).contains(new EnvironmentState.Open(grant));
    }

    @Test
    default void theSameRequestTwiceIsOneGrant() {
        RecordResult.Recorded first = recorded(ledger().record(open(DEV, "one")));
        assertThat(ledger().record(open(DEV, "one")))
                .isEqualTo(new RecordResult.Recorded(first.commit(), first.grant(), true));
        assertThat(readByAnotherProcess().record(open(DEV, "one")))
                .isEqualTo(new RecordResult.Recorded(first.commit(), first.grant(), true));
    }

    @Test
    default void aRequestRepeatedAfterItsGrantEndedIsRecognized() {
        RecordResult.Recorded first = recorded(ledger().record(open(DEV, "one")));
        ledger().record(expire(first.grant()));
        assertThat(ledger().record(open(DEV, "one")))
                .isEqualTo(new RecordResult.Recorded(first.commit(), first.grant(), true));
        assertThat(ledger().read().state(DEV)).contains(new EnvironmentState.Closed(DEV));
    }

    @Test
    default void theSecondRequestLearnsWhoHoldsTheGrant() {
        Grant first = recorded(ledger().record(open(DEV, "one"))).grant();
        assertThat(ledger().record(open(DEV, "two")))
                .isEqualTo(new RecordResult.Conflict(new EnvironmentState.Open(first)));
        assertThat(readByAnotherProcess().record(open(DEV, "three")))
                .isEqualTo(new RecordResult.Conflict(new EnvironmentState.Open(first)));
    }

    /** Limits count a person's grants: one that another process has opened meanwhile was not counted. */
    @Test
    default void anOpeningIsAConflictWhereItsHolderHasAGrantThatWasNotCounted() {
        LedgerChange.Open second = open(PROD, "two").counting(ledger().read().openGrants());
        Grant first = recorded(readByAnotherProcess().record(open(DEV, "one"))).grant();
        assertThat(ledger().record(second)).isEqualTo(new RecordResult.Conflict(new EnvironmentState.Closed(PROD)));
        assertThat(ledger().record(second.counting(List.of(first)))).isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    default void anExtensionMovesOnlyTheEnd() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        RecordResult.Recorded extended = recorded(ledger().record(extend(grant, Duration.ofHours(1))));
        assertThat(extended.grant()).isEqualTo(grant.until(TWO.plusSeconds(3600)));
        assertThat(ledger().record(extend(grant, Duration.ofHours(1))))
                .isEqualTo(new RecordResult.Recorded(extended.commit(), extended.grant(), true));
        assertThat(readByAnotherProcess().read().state(DEV)).contains(new EnvironmentState.Open(extended.grant()));
    }

    @Test
    default void anExpiryDoesNotEndAGrantExtendedMeanwhile() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        Grant extended = recorded(readByAnotherProcess().record(extend(grant, Duration.ofHours(1))))
                .grant();
        assertThat(ledger().record(expire(grant)))
                .isEqualTo(new RecordResult.Conflict(new EnvironmentState.Open(extended)));
        assertThat(ledger().read().state(DEV)).contains(new EnvironmentState.Open(extended));
    }

    @Test
    default void anExpiredGrantCannotBeExtended() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        ledger().record(expire(grant));
        assertThat(ledger().record(extend(grant, Duration.ofHours(1))))
                .isEqualTo(new RecordResult.Conflict(new EnvironmentState.Closed(DEV)));
    }

    @Test
    default void closingTwiceMakesOneCommit() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        RecordResult.Recorded closed = recorded(ledger().record(expire(grant)));
        assertThat(ledger().record(expire(grant))).isEqualTo(new RecordResult.Recorded(closed.commit(), grant, true));
        assertThat(readByAnotherProcess().record(end(grant, JANE)))
                .isEqualTo(new RecordResult.Recorded(closed.commit(), grant, true));
    }

    @Test
    default void theHistoryHasTheEndOfEachGrant() {
        Grant first = recorded(ledger().record(open(DEV, "one"))).grant();
        RecordResult.Recorded ended = recorded(ledger().record(end(first, JANE)));
        Grant second = recorded(ledger().record(open(DEV, "two"))).grant();
        RecordResult.Recorded expired = recorded(ledger().record(expire(second)));
        List<PastGrant> expected = List.of(
                new PastGrant(second, new End.Expired(), TWO, expired.commit()),
                new PastGrant(first, new End.EndedBy(JANE), NOON.plusSeconds(120), ended.commit()));
        assertThat(ledger().history(DEV, 10)).isEqualTo(expected);
        assertThat(readByAnotherProcess().history(DEV, 10)).isEqualTo(expected);
        assertThat(ledger().history(DEV, 1)).isEqualTo(expected.subList(0, 1));
        assertThat(ledger().history(PROD, 10)).isEmpty();
        assertThat(ledger().endedSince(TWO)).isEqualTo(expected.subList(0, 1));
        assertThat(ledger().endedSince(NOON)).isEqualTo(expected);
    }

    @Test
    default void breakGlassIsApprovedRetroactivelyAfterItIsOverToo() {
        Grant used = recorded(ledger().record(breakGlass(DEV, "one"))).grant();
        ledger().record(expire(used));
        Grant next = recorded(ledger().record(open(DEV, "two"))).grant();
        ledger().record(expire(next));
        Grant now = recorded(ledger().record(breakGlass(DEV, "three"))).grant();
        Grant approved = used.with(new ApprovalBasis.BreakGlass(Optional.of(JANE)));
        RecordResult.Recorded result = recorded(ledger().record(new LedgerChange.Approve(used, JANE, TWO)));
        assertThat(result.grant()).isEqualTo(approved);
        assertThat(ledger().record(new LedgerChange.Approve(used, JANE, TWO)))
                .isInstanceOfSatisfying(
                        RecordResult.Recorded.class,
                        again -> assertThat(again.repeated()).isTrue());
        assertThat(ledger().record(new LedgerChange.Approve(used, JOHN, TWO)))
                .as("approved meanwhile, by another person")
                .isInstanceOf(RecordResult.Conflict.class);
        for (GrantLedger one : List.of(ledger(), readByAnotherProcess())) {
            LedgerSnapshot snapshot = one.read();
            assertThat(snapshot.state(DEV)).contains(new EnvironmentState.Open(now));
            assertThat(snapshot.pastBreakGlass()).extracting(PastGrant::grant).containsExactly(approved);
            assertThat(one.history(DEV, 10)).extracting(PastGrant::grant).containsExactly(next, approved);
        }
        assertThat(ledger().record(new LedgerChange.Approve(approved, JOHN, TWO)))
                .as("the policy does not accept the first approver any more")
                .isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    default void onlyBreakGlassIsApprovedRetroactively() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        ledger().record(expire(grant));
        assertThat(ledger().record(new LedgerChange.Approve(grant, JANE, TWO)))
                .isInstanceOf(RecordResult.Conflict.class);
        assertThat(ledger().read().pastBreakGlass()).isEmpty();
    }

    @Test
    default void aGrantThatTheServiceEndedIsReadBackAsSuch() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        ledger().record(new LedgerChange.Close(grant, new End.Unapproved(), NOON.plusSeconds(60)));
        assertThat(readByAnotherProcess().history(DEV, 1))
                .extracting(PastGrant::end)
                .containsExactly(new End.Unapproved());
    }

    @Test
    default void aGrantThatEndedBecauseOfItsHoldersAccountIsReadBackAsSuch() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        End end = new End.HolderInactive(InactiveAccount.GUEST);
        ledger().record(new LedgerChange.Close(grant, end, NOON.plusSeconds(60)));
        for (GrantLedger one : List.of(ledger(), readByAnotherProcess())) {
            one.read();
            assertThat(one.history(DEV, 1)).extracting(PastGrant::end).containsExactly(end);
        }
    }

    @Test
    default void ofConcurrentRequestsExactlyOneIsRecorded() throws Exception {
        List<Future<RecordResult>> results = new ArrayList<>();
        GrantLedger other = readByAnotherProcess();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String seed = "person " + i;
                GrantLedger asked = i % 2 == 0 ? ledger() : other;
                results.add(people.submit(() -> asked.record(open(DEV, seed))));
            }
        }
        int opened = 0;
        for (Future<RecordResult> result : results) {
            opened += result.get() instanceof RecordResult.Recorded ? 1 : 0;
        }
        assertThat(opened).isEqualTo(1);
        assertThat(ledger().read().openGrants()).hasSize(1);
    }
}
