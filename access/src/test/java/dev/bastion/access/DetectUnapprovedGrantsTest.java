package dev.bastion.access;

import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.policy.ApprovalRules;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is open although nobody approved it. */
class DetectUnapprovedGrantsTest {
    private final MemoryLedger ledger = new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), DEV, PROD);
    private final MemoryProposals board = new MemoryProposals(ledger, () -> NOW);
    private final RecordedNotifications announcer = new RecordedNotifications();
    private final DetectUnapprovedGrants check = new DetectUnapprovedGrants(ledger, board, announcer);
    private final Grant open = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));

    private void merged(Review... reviews) {
        ledger.put(open);
        board.brought.put(
                open.openedBy(),
                new ProposalRepository.MergedPullRequest(7, "johndoe", ApprovalScenario.HEAD, List.of(reviews)));
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
        assertThat(announcer.alarms).containsExactly(List.of(new UnmetRequirement.Approvals(0, 1)));
    }

    @Test
    void a_commit_that_only_says_it_was_approved_is_an_alarm() {
        ApprovalBasis claimed = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
        ledger.put(open.with(claimed));
        check.check();
        assertThat(announcer.alarms).hasSize(1);
    }

    @Test
    void approvals_of_something_else_or_by_oneself_do_not_count() {
        merged(
                approves(1, "johndoe"),
                ApprovalScenario.review(2, "janeroe", Review.Opinion.APPROVED, ApprovalScenario.OLDER));
        check.check();
        assertThat(announcer.alarms)
                .containsExactly(List.of(
                        new UnmetRequirement.Approvals(0, 1),
                        new UnmetRequirement.OwnRequest(JOHN, "johndoe"),
                        new UnmetRequirement.OlderCommit("janeroe", ApprovalScenario.OLDER)));
    }

    @Test
    void broken_glass_is_told_to_those_who_were_not_waited_for() {
        ledger.put(open.with(new ApprovalBasis.BrokenGlass(Optional.empty())));
        check.check();
        assertThat(announcer.glass).hasSize(1);
        assertThat(announcer.alarms).isEmpty();
    }

    @Test
    void an_approval_afterwards_counts_from_those_alone_who_may() {
        ledger.put(open.with(new ApprovalBasis.BrokenGlass(Optional.of(JOHN))));
        check.check();
        ledger.put(open.with(new ApprovalBasis.BrokenGlass(Optional.of(Examples.MALLORY))));
        check.check();
        ledger.put(open.with(new ApprovalBasis.BrokenGlass(Optional.of(Examples.JANE))));
        check.check();
        assertThat(announcer.glass)
                .extracting(Grant::consent)
                .containsExactly(
                        new ApprovalBasis.BrokenGlass(Optional.empty()),
                        new ApprovalBasis.BrokenGlass(Optional.empty()),
                        new ApprovalBasis.BrokenGlass(Optional.of(Examples.JANE)));
    }

    @Test
    void an_extension_that_nobody_approved_is_an_alarm() {
        merged(approves(1, "janeroe"));
        check.check();
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check.check();
        assertThat(announcer.alarms).containsExactly(List.of(new UnmetRequirement.Approvals(0, 1)));
        assertThat(announcer.alarmedBy).containsExactly(Examples.commit(8));
    }

    @Test
    void an_extension_that_somebody_else_approved_is_none() {
        merged(approves(1, "janeroe"));
        board.brought.put(
                Examples.commit(8),
                new ProposalRepository.MergedPullRequest(
                        8, "bastion", ApprovalScenario.HEAD, List.of(approves(2, "janeroe"))));
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check.check();
        assertThat(announcer.alarms).isEmpty();
    }

    @Test
    void what_the_approval_of_the_opening_covers_is_none_either() {
        merged(approves(1, "janeroe"));
        ApprovalBasis approved = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
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
