package dev.bastion.access.state;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.ApprovalRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerSnapshotTest {
    private static final EnvironmentName PAY = new EnvironmentName("pay");
    private static final EnvironmentName WEB = new EnvironmentName("web");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AccessPolicy POLICY = ApprovalScenario.policy(1, ApprovalRules.USUAL);

    private static LedgerSnapshot ledger(List<Grant> past, EnvironmentState... states) {
        TreeMap<EnvironmentName, EnvironmentState> all = new TreeMap<>();
        for (EnvironmentState state : states) {
            all.put(state.environment(), state);
        }
        return new LedgerSnapshot(
                commit(1),
                all,
                Map.of(DEV, new LedgerSnapshot.LatestEnd(commit(2), true)),
                past.stream()
                        .map(grant -> new PastGrant(grant, new End.Expired(), grant.expiresAt(), commit(3)))
                        .toList(),
                POLICY);
    }

    private static EnvironmentState open(Grant grant) {
        return new EnvironmentState.Open(grant);
    }

    private static EnvironmentState.Unclear unclear(EnvironmentName environment, Optional<Grant> grant) {
        EnvironmentState.Edit edit = new EnvironmentState.Edit(commit(4), JANE, NOW);
        return new EnvironmentState.Unclear(environment, "line 3", Optional.of(edit), grant);
    }

    private static Grant glass(Grant grant) {
        return grant.with(new ApprovalBasis.BreakGlass(Optional.empty()));
    }

    @Test
    void aMissingEnvironmentIsUnclear() {
        LedgerSnapshot ledger = ledger(List.of(), new EnvironmentState.Closed(DEV), new EnvironmentState.Closed(PAY));
        assertThat(ledger.stateOrMissing(DEV)).isEqualTo(new EnvironmentState.Closed(DEV));
        assertThat(ledger.stateOrMissing(PROD))
                .isEqualTo(new EnvironmentState.Unclear(PROD, "its environment file is gone"));
        assertThat(ledger.environments()).containsExactly(DEV, PAY);
        assertThat(ledger.unknown(PROD)).isEqualTo(new Refusal.UnknownEnvironment("prod", List.of(DEV, PAY)));
    }

    @Test
    void theSlotsOfAnEnvironmentAreThoseThatTheLedgerHas() {
        LedgerSnapshot ledger = ledger(
                List.of(),
                new EnvironmentState.Closed(new EnvironmentName("a")),
                new EnvironmentState.Closed(DEV),
                new EnvironmentState.Closed(DEV.slot(2)),
                new EnvironmentState.Closed(DEV.slot(3)),
                new EnvironmentState.Closed(PAY));
        assertThat(ledger.slotsOf(DEV)).containsExactly(DEV, DEV.slot(2), DEV.slot(3));
        assertThat(ledger.slotsOf(DEV.slot(2))).containsExactly(DEV.slot(2));
        assertThat(ledger.slotsOf(DEV.slot(4))).isEmpty();
        assertThat(ledger.slotsOf(PAY)).containsExactly(PAY);
        assertThat(ledger.slotsOf(PROD)).isEmpty();
    }

    @Test
    void theGrantsOfUnreadableFilesAreInForce() {
        Grant dev = grant(JOHN, DEV, NOW, NOW.plus(HOUR));
        Grant prod = grant(JANE, PROD, NOW, NOW.plus(HOUR));
        EnvironmentState.Unclear unreadable = unclear(PROD, Optional.of(prod));
        LedgerSnapshot ledger = ledger(
                List.of(),
                open(dev),
                unreadable,
                new EnvironmentState.Unclear(PAY, "closed and odd"),
                EnvironmentState.Unclear.withoutCommit(WEB, "open, and nobody knows since when"));
        assertThat(ledger.openGrants()).containsExactly(dev, prod);
        assertThat(ledger.unreadable())
                .containsExactly(
                        unreadable, EnvironmentState.Unclear.withoutCommit(WEB, "open, and nobody knows since when"));
    }

    @Test
    void theLatestEndIsThatOfTheOpeningUnlessItWasMoved() {
        Grant moved = grant(JOHN, DEV, NOW, NOW.plus(HOUR));
        Grant plain = grant(JOHN, PROD, NOW, NOW.plus(HOUR));
        LedgerSnapshot ledger = ledger(List.of(), open(moved), open(plain));
        assertThat(ledger.latestEnd(moved)).isEqualTo(new LedgerSnapshot.LatestEnd(commit(2), true));
        assertThat(ledger.latestEnd(plain)).isEqualTo(new LedgerSnapshot.LatestEnd(plain.openedBy(), false));
    }

    @Test
    void anEndIsApprovedOnceASignedEntrySaysSo() {
        LedgerSnapshot.LatestEnd end = new LedgerSnapshot.LatestEnd(commit(2), false);
        ApprovalBasis.Approved claimed = new ApprovalBasis.Approved(List.of(), GrantDuration.parse("1h"), NOW);
        assertThat(end.isApproved()).isFalse();
        assertThat(end.with(new ApprovalBasis.Unconfirmed(Optional.empty())).isApproved())
                .isFalse();
        assertThat(end.with(claimed).isApproved()).isFalse();
        LedgerSnapshot.LatestEnd approved =
                end.with(new ApprovalBasis.Approved(List.of(), claimed.duration(), NOW, Optional.of(commit(3))));
        assertThat(approved.isApproved()).isTrue();
        assertThat(approved.setBy()).isEqualTo(commit(2));
    }

    @Test
    void whatIsPastItsEndIsEnded() {
        Grant over = grant(JOHN, DEV, NOW.minus(HOUR), NOW);
        Grant left = grant(JOHN, PROD, NOW.minus(HOUR), NOW.plusSeconds(1));
        assertThat(ledger(List.of(), open(over), open(left)).grantsPastTheirEnd(NOW))
                .containsExactly(over);
    }

    @Test
    void anUnreadableGrantThatStartsInTheFutureIsEnded() {
        Grant ahead = grant(JOHN, DEV, NOW.plus(HOUR), NOW.plus(HOUR.multipliedBy(3)));
        Grant further = grant(JOHN, PAY, NOW.plus(HOUR).plusSeconds(1), NOW.plus(HOUR.multipliedBy(3)));
        Grant readable = grant(JOHN, PROD, NOW.plus(HOUR).plusSeconds(1), NOW.plus(HOUR.multipliedBy(3)));
        LedgerSnapshot ledger =
                ledger(List.of(), unclear(DEV, Optional.of(ahead)), unclear(PAY, Optional.of(further)), open(readable));
        assertThat(ledger.grantsPastTheirEnd(NOW)).containsExactly(further);
    }

    @Test
    void breakGlassWithoutApprovalIsListedOldestFirst() {
        Grant first = glass(grant(JOHN, PROD, NOW.minus(HOUR), NOW));
        Grant second = glass(grant(JANE, PROD, NOW, NOW.plus(HOUR)));
        Grant approved = first.with(new ApprovalBasis.BreakGlass(Optional.of(JANE)));
        LedgerSnapshot ledger =
                ledger(List.of(approved, first), open(second), open(grant(JOHN, DEV, NOW, NOW.plus(HOUR))));
        assertThat(ledger.breakGlassWithoutApproval()).containsExactly(first, second);
        assertThat(ledger.usage().past()).containsExactly(approved, first);
        assertThat(ledger.usage().open()).hasSize(2);
    }

    @Test
    void aGrantIsFoundByItsRequest() {
        Grant past = glass(grant(JOHN, PAY, NOW.minus(HOUR), NOW));
        Grant dev = grant(JOHN, DEV, NOW, NOW.plus(HOUR));
        Grant prod = grant(JOHN, PROD, NOW, NOW.plus(HOUR));
        LedgerSnapshot ledger = ledger(List.of(past), open(dev), open(prod));
        assertThat(ledger.openOrBreakGlass(prod.request())).contains(prod);
        assertThat(ledger.openOrBreakGlass(past.request())).contains(past);
        assertThat(ledger.openOrBreakGlass(RequestId.derivedFrom("another"))).isEmpty();
    }

    @Test
    void whatIsSuspendedIsUnclearUnlessItIsOpen() {
        Grant prod = grant(JOHN, PROD, NOW, NOW.plus(HOUR));
        LedgerSnapshot ledger = ledger(
                List.of(glass(grant(JOHN, WEB, NOW, NOW.plus(HOUR)))), new EnvironmentState.Closed(DEV), open(prod));
        LedgerSnapshot suspended = ledger.suspending(Map.of(DEV, "why", PROD, "why", PAY, "why"));
        assertThat(suspended.states())
                .containsOnly(Map.entry(DEV, new EnvironmentState.Unclear(DEV, "why")), Map.entry(PROD, open(prod)));
        assertThat(suspended.latestEnds()).isEqualTo(ledger.latestEnds());
        assertThat(suspended.pastBreakGlass()).isEqualTo(ledger.pastBreakGlass());
        assertThat(ledger.suspending(Map.of())).isSameAs(ledger);
    }
}
