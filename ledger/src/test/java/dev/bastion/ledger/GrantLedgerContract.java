package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.SHOWN;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.revoke;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.End;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantLedger;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Receipt;
import dev.bastion.access.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every ledger does, wherever its remote is. */
interface GrantLedgerContract {
    GrantLedger ledger();

    /** The same ledger as another process sees it, which knows nothing but the remote. */
    GrantLedger seenByAnother();

    default Receipt.Recorded recorded(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Recorded.class);
        return (Receipt.Recorded) receipt;
    }

    @Test
    default void everythingIsClosedAtFirst() {
        assertThat(ledger().read().standings().values())
                .containsExactly(new Standing.Closed(DEV), new Standing.Closed(PROD));
    }

    @Test
    default void whatIsOpenedIsOpenForEverybody() {
        Receipt.Recorded receipt = recorded(ledger().record(open(DEV, "one")));
        Grant grant = receipt.grant();
        assertThat(receipt.repeated()).isFalse();
        assertThat(grant.holder()).isEqualTo(JOHN);
        assertThat(grant.createdAt()).isEqualTo(NOON);
        assertThat(grant.expiresAt()).isEqualTo(TWO);
        assertThat(grant.openedBy()).isEqualTo(receipt.commit());
        assertThat(grant.shownIn()).contains(SHOWN);
        assertThat(grant.madeByHand()).isFalse();
        assertThat(ledger().read().standing(DEV)).contains(new Standing.Open(grant));
        assertThat(seenByAnother().read().standing(DEV)).contains(new Standing.Open(grant));
    }

    @Test
    default void theSameRequestTwiceIsOneGrant() {
        Receipt.Recorded first = recorded(ledger().record(open(DEV, "one")));
        assertThat(ledger().record(open(DEV, "one")))
                .isEqualTo(new Receipt.Recorded(first.commit(), first.grant(), true));
        assertThat(seenByAnother().record(open(DEV, "one")))
                .isEqualTo(new Receipt.Recorded(first.commit(), first.grant(), true));
    }

    @Test
    default void theSameRequestIsStillTheSameWhenItsGrantIsOver() {
        Receipt.Recorded first = recorded(ledger().record(open(DEV, "one")));
        ledger().record(expire(first.grant()));
        assertThat(ledger().record(open(DEV, "one")))
                .isEqualTo(new Receipt.Recorded(first.commit(), first.grant(), true));
        assertThat(ledger().read().standing(DEV)).contains(new Standing.Closed(DEV));
    }

    @Test
    default void whoComesSecondLearnsWhoWasFirst() {
        Grant first = recorded(ledger().record(open(DEV, "one"))).grant();
        assertThat(ledger().record(open(DEV, "two"))).isEqualTo(new Receipt.Conflict(new Standing.Open(first)));
        assertThat(seenByAnother().record(open(DEV, "three")))
                .isEqualTo(new Receipt.Conflict(new Standing.Open(first)));
    }

    @Test
    default void anExtensionMovesTheEndAndNothingElse() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        Receipt.Recorded extended = recorded(ledger().record(extend(grant, Duration.ofHours(1))));
        assertThat(extended.grant()).isEqualTo(grant.until(TWO.plusSeconds(3600)));
        assertThat(ledger().record(extend(grant, Duration.ofHours(1))))
                .isEqualTo(new Receipt.Recorded(extended.commit(), extended.grant(), true));
        assertThat(seenByAnother().read().standing(DEV)).contains(new Standing.Open(extended.grant()));
    }

    @Test
    default void anExtensionThatWonTheRaceSurvivesTheClock() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        Grant extended = recorded(seenByAnother().record(extend(grant, Duration.ofHours(1))))
                .grant();
        assertThat(ledger().record(expire(grant))).isEqualTo(new Receipt.Conflict(new Standing.Open(extended)));
        assertThat(ledger().read().standing(DEV)).contains(new Standing.Open(extended));
    }

    @Test
    default void whatTheClockEndedCannotBeExtended() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        ledger().record(expire(grant));
        assertThat(ledger().record(extend(grant, Duration.ofHours(1))))
                .isEqualTo(new Receipt.Conflict(new Standing.Closed(DEV)));
    }

    @Test
    default void closingTwiceIsClosingOnce() {
        Grant grant = recorded(ledger().record(open(DEV, "one"))).grant();
        Receipt.Recorded closed = recorded(ledger().record(expire(grant)));
        assertThat(ledger().record(expire(grant))).isEqualTo(new Receipt.Recorded(closed.commit(), grant, true));
        assertThat(seenByAnother().record(revoke(grant, JANE)))
                .isEqualTo(new Receipt.Recorded(closed.commit(), grant, true));
    }

    @Test
    default void theHistoryTellsHowEachGrantEnded() {
        Grant first = recorded(ledger().record(open(DEV, "one"))).grant();
        Receipt.Recorded revoked = recorded(ledger().record(revoke(first, JANE)));
        Grant second = recorded(ledger().record(open(DEV, "two"))).grant();
        Receipt.Recorded expired = recorded(ledger().record(expire(second)));
        List<PastGrant> expected = List.of(
                new PastGrant(second, new End.Expired(), TWO, expired.commit()),
                new PastGrant(first, new End.Revoked(JANE), NOON.plusSeconds(120), revoked.commit()));
        assertThat(ledger().history(DEV, 10)).isEqualTo(expected);
        assertThat(seenByAnother().history(DEV, 10)).isEqualTo(expected);
        assertThat(ledger().history(DEV, 1)).isEqualTo(expected.subList(0, 1));
        assertThat(ledger().history(PROD, 10)).isEmpty();
        assertThat(ledger().endedSince(TWO)).isEqualTo(expected.subList(0, 1));
        assertThat(ledger().endedSince(NOON)).isEqualTo(expected);
    }

    @Test
    default void ofManyAtOnceExactlyOneIsFirst() throws Exception {
        List<Future<Receipt>> receipts = new ArrayList<>();
        GrantLedger other = seenByAnother();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String seed = "person " + i;
                GrantLedger asked = i % 2 == 0 ? ledger() : other;
                receipts.add(people.submit(() -> asked.record(open(DEV, seed))));
            }
        }
        int opened = 0;
        for (Future<Receipt> receipt : receipts) {
            opened += receipt.get() instanceof Receipt.Recorded ? 1 : 0;
        }
        assertThat(opened).isEqualTo(1);
        assertThat(ledger().read().openGrants()).hasSize(1);
    }
}
