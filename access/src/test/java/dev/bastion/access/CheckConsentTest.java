package dev.bastion.access;

import static dev.bastion.access.Approvals.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is open although nobody approved it. */
class CheckConsentTest {
    private final MemoryLedger ledger = new MemoryLedger(Approvals.policy(1, ProposalRules.USUAL), DEV, PROD);
    private final MemoryBoard board = new MemoryBoard(ledger, () -> NOW);
    private final Heard announcer = new Heard();
    private final CheckConsent check = new CheckConsent(ledger, board, announcer);
    private final Grant open = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));

    private void merged(Review... reviews) {
        ledger.put(open);
        board.brought.put(
                open.openedBy(), new ProposalBoard.MergedPullRequest(7, "johndoe", Approvals.HEAD, List.of(reviews)));
    }

    @Test
    void a_grant_that_somebody_else_approved_is_no_alarm_also_when_it_was_made_by_hand() {
        merged(approves(1, "janeroe"));
        check.check();
        assertThat(announcer.alarms).isEmpty();
    }

    @Test
    void a_grant_that_came_without_a_pull_request_is_an_alarm() {
        ledger.put(open);
        check.check();
        assertThat(announcer.alarms).containsExactly(List.of(new Wanting.Approvals(0, 1)));
    }

    @Test
    void a_commit_that_only_says_it_was_approved_is_an_alarm() {
        Consent claimed = new Consent.Approved(
                List.of(Approvals.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
        ledger.put(open.with(claimed));
        check.check();
        assertThat(announcer.alarms).hasSize(1);
    }

    @Test
    void approvals_of_something_else_or_by_oneself_do_not_count() {
        merged(approves(1, "johndoe"), Approvals.review(2, "janeroe", Review.Opinion.APPROVED, Approvals.OLDER));
        check.check();
        assertThat(announcer.alarms)
                .containsExactly(List.of(
                        new Wanting.Approvals(0, 1),
                        new Wanting.OwnRequest(JOHN, "johndoe"),
                        new Wanting.OlderCommit("janeroe", Approvals.OLDER)));
    }

    @Test
    void broken_glass_is_told_to_those_who_were_not_waited_for() {
        ledger.put(open.with(new Consent.BrokenGlass(Optional.empty())));
        check.check();
        assertThat(announcer.glass).hasSize(1);
        assertThat(announcer.alarms).isEmpty();
    }

    @Test
    void an_approval_afterwards_counts_from_those_alone_who_may() {
        ledger.put(open.with(new Consent.BrokenGlass(Optional.of(JOHN))));
        check.check();
        ledger.put(open.with(new Consent.BrokenGlass(Optional.of(Examples.MALLORY))));
        check.check();
        ledger.put(open.with(new Consent.BrokenGlass(Optional.of(Examples.JANE))));
        check.check();
        assertThat(announcer.glass)
                .extracting(Grant::consent)
                .containsExactly(
                        new Consent.BrokenGlass(Optional.empty()),
                        new Consent.BrokenGlass(Optional.empty()),
                        new Consent.BrokenGlass(Optional.of(Examples.JANE)));
    }

    @Test
    void an_extension_that_nobody_approved_is_an_alarm() {
        merged(approves(1, "janeroe"));
        check.check();
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check.check();
        assertThat(announcer.alarms).containsExactly(List.of(new Wanting.Approvals(0, 1)));
        assertThat(announcer.alarmedBy).containsExactly(Examples.commit(8));
    }

    @Test
    void an_extension_that_somebody_else_approved_is_none() {
        merged(approves(1, "janeroe"));
        board.brought.put(
                Examples.commit(8),
                new ProposalBoard.MergedPullRequest(8, "bastion", Approvals.HEAD, List.of(approves(2, "janeroe"))));
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check.check();
        assertThat(announcer.alarms).isEmpty();
    }

    @Test
    void what_the_approval_of_the_opening_covers_is_none_either() {
        merged(approves(1, "janeroe"));
        Consent approved = new Consent.Approved(
                List.of(Approvals.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
        ledger.putMoved(open.with(approved), Examples.commit(8));
        check.check();
        assertThat(announcer.alarms).isEmpty();
    }

    @Test
    void where_nobody_must_approve_nothing_is_asked() {
        board.down = true;
        ledger.put(grant(JOHN, DEV, NOW, NOW.plusSeconds(60)));
        check.check();
        assertThat(announcer.alarms).isEmpty();
    }
}
