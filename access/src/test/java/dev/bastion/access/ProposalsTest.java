package dev.bastion.access;

import static dev.bastion.access.ApprovalScenario.LAPSES;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.policy.ApprovalRules;
import dev.bastion.access.policy.Audience;
import dev.bastion.access.policy.BreakGlassRules;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From asking others to a running clock, against a ledger and a forge in memory. */
class ProposalsTest {
    private Instant now = NOW;
    private final MemoryLedger ledger =
            new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), Examples.DEV, PROD);
    private final MemoryProposals board = new MemoryProposals(ledger, () -> now);
    private final RecordedNotifications announcer = new RecordedNotifications();
    private final RecordedTimers timer = new RecordedTimers();
    private final SubmitForApproval others = new SubmitForApproval(Optional.of(board), announcer);
    private final RequestAccess requestAccess = new RequestAccess(ledger, others, announcer, timer, () -> now);
    private final ExtendGrant extendGrant = new ExtendGrant(ledger, others, timer, () -> now);
    private final ReviewProposals settle = settling();
    private final WithdrawProposal withdraw = new WithdrawProposal(board, announcer);

    private ReviewProposals settling() {
        return new ReviewProposals(ledger, board, announcer, timer, () -> now);
    }

    private Proposal asked() {
        Outcome outcome = requestAccess.request(request(JOHN, PROD, "2h", "INC-12"));
        assertThat(outcome).isInstanceOf(Outcome.Proposed.class);
        return ((Outcome.Proposed) outcome).proposal();
    }

    @Test
    void a_request_is_put_before_those_who_may_approve_and_opens_nothing() {
        Proposal proposal = asked();
        assertThat(proposal.shownIn()).contains(RecordedNotifications.MESSAGE);
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(announcer.proposals)
                .containsExactly(new ProposalStage.Waiting(
                        List.of(new UnmetRequirement.Approvals(0, 1)), List.of(JANE, ApprovalScenario.MAX), 1));
        assertThat(announcer.asked).containsExactly("[jane.roe, max] round 0");
    }

    @Test
    void the_same_request_twice_is_one_proposal_and_another_of_the_same_person_is_refused() {
        Proposal proposal = asked();
        assertThat(asked()).isEqualTo(proposal);
        assertThat(requestAccess.request(request(JOHN, PROD, "1h", "again")))
                .isEqualTo(new Outcome.Refused(new Refusal.AlreadyWaiting(proposal)));
        assertThat(requestAccess.request(request(JANE, PROD, "1h", "me too"))).isInstanceOf(Outcome.Proposed.class);
        assertThat(board.proposals).hasSize(2);
    }

    @Test
    void a_forge_that_is_down_is_told_and_leaves_nothing_behind() {
        board.down = true;
        assertThatThrownBy(this::asked).isInstanceOf(LedgerUnreachable.class);
        assertThat(announcer.nothing).containsExactly("the forge did not take it");
    }

    @Test
    void approved_merged_and_the_clock_starts_at_approval() {
        Proposal proposal = asked();
        now = NOW.plusSeconds(1800);
        settle.settle();
        assertThat(ledger.read().openGrants()).isEmpty();
        board.review(proposal.number(), approves(1700, "janeroe"));
        settle.settle();
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.createdAt()).isEqualTo(now);
        assertThat(grant.expiresAt()).isEqualTo(now.plus(Duration.ofHours(2)));
        assertThat(grant.consent())
                .isEqualTo(new ApprovalBasis.Approved(
                        List.of(ApprovalScenario.approval(JANE, "janeroe", 1700)), GrantDuration.parse("2h"), now));
        assertThat(timer.armed).containsEntry(PROD, grant);
        assertThat(announcer.proposals.getLast()).isInstanceOf(ProposalStage.Approved.class);
        assertThat(announcer.names()).containsExactly("Applying");
    }

    @Test
    void approved_in_the_very_second_it_was_asked_still_gets_its_own_clock() {
        board.review(asked().number(), approves(0, "janeroe"));
        settle.settle();
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.total()).isEqualTo(Duration.ofHours(2));
        assertThat(grant.awaitsItsClock()).isFalse();
    }

    @Test
    void killed_between_merge_and_clock_the_next_look_starts_it() {
        board.review(asked().number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(60);
        board.merge(
                board.look(42).proposal(),
                new ApprovalBasis.Approved(
                        List.of(ApprovalScenario.approval(JANE, "janeroe", 1)), GrantDuration.parse("2h"), now));
        assertThat(ledger.read().openGrants().getFirst().awaitsItsClock()).isTrue();
        now = NOW.plusSeconds(90);
        settle.settle();
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.createdAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(grant.total()).isEqualTo(Duration.ofHours(2));
        settle.settle();
        assertThat(ledger.written).hasSize(1);
    }

    @Test
    void two_services_settle_each_proposal_once() {
        Proposal proposal = asked();
        board.review(proposal.number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(2);
        board.meanwhile = settling()::settle;
        settle.settle();
        assertThat(board.merges).isEqualTo(1);
        assertThat(ledger.written).hasSize(1);
        assertThat(ledger.read().openGrants()).hasSize(1);
    }

    @Test
    void a_head_that_moved_between_look_and_merge_is_never_merged() {
        Proposal proposal = asked();
        board.review(proposal.number(), approves(1, "janeroe"));
        board.meanwhile = () -> board.proposals.compute(
                proposal.number(),
                (_, seen) -> ApprovalScenario.altered(Optional.ofNullable(seen).orElseThrow()));
        settle.settle();
        assertThat(ledger.read().openGrants()).isEmpty();
        settle.settle();
        assertThat(board.closings).containsExactly("42 REFUSED");
        assertThat(announcer.proposals.getLast()).isEqualTo(new ProposalStage.Refused(new Refusal.Altered(PROD)));
    }

    @Test
    void nobody_approves_and_they_are_reminded_with_longer_and_longer_pauses_until_it_lapses() {
        asked();
        for (int minute = 1; minute <= 60; minute++) {
            now = NOW.plusSeconds(60L * minute);
            settle.settle();
        }
        assertThat(announcer.asked)
                .containsExactly("[jane.roe, max] round 0", "[jane.roe, max] round 1", "[jane.roe, max] round 2");
        assertThat(now).isEqualTo(LAPSES);
        assertThat(board.closings).containsExactly("42 LAPSED");
        assertThat(announcer.proposals.getLast()).isEqualTo(new ProposalStage.Lapsed());
        settle.settle();
        assertThat(board.closings).hasSize(1);
    }

    @Test
    void of_two_proposals_for_one_environment_one_wins_and_the_other_is_told() {
        Proposal first = asked();
        Proposal second = ((Outcome.Proposed) requestAccess.request(request(JANE, PROD, "1h", "me too"))).proposal();
        now = NOW.plusSeconds(10);
        board.review(first.number(), approves(1, "janeroe"));
        board.review(second.number(), approves(2, "maxm"));
        settle.settle();
        settle.settle();
        assertThat(ledger.read().openGrants()).extracting(Grant::holder).containsExactly(JOHN);
        assertThat(board.closings).containsExactly(second.number() + " REFUSED");
        assertThat(announcer.proposals.getLast())
                .isInstanceOfSatisfying(
                        ProposalStage.Refused.class,
                        refused -> assertThat(refused.why()).isInstanceOf(Refusal.AlreadyOpen.class));
    }

    @Test
    void one_that_fails_keeps_none_of_the_others_waiting_and_is_told() {
        Proposal first = asked();
        Proposal second = ((Outcome.Proposed) requestAccess.request(request(JANE, PROD, "1h", "me too"))).proposal();
        board.review(first.number(), approves(1, "janeroe"));
        board.review(second.number(), approves(2, "maxm"));
        now = NOW.plusSeconds(10);
        board.meanwhile = () -> {
            throw new DateTimeException("out of range");
        };
        assertThatThrownBy(settle::settle).isInstanceOf(DateTimeException.class);
        assertThat(ledger.read().openGrants()).extracting(Grant::holder).containsExactly(JANE);
    }

    @Test
    void a_clock_that_cannot_be_started_stops_neither_other_clocks_nor_other_proposals() {
        ledger.put(approvedAndNotStarted(Examples.DEV));
        ledger.put(approvedAndNotStarted(PROD));
        Proposal extension = ((Outcome.Proposed) extendGrant.extend(Examples.extension(JOHN, PROD, "2h"))).proposal();
        now = LAPSES;
        ledger.meanwhile = () -> {
            throw new LedgerRejected("writing", "403", "change the ruleset");
        };
        assertThatThrownBy(settle::settle).isInstanceOf(LedgerRejected.class);
        assertThat(ledger.read().openGrants()).filteredOn(Grant::awaitsItsClock).hasSize(1);
        assertThat(board.look(extension.number()).state()).isInstanceOf(ProposalSnapshot.State.Closed.class);
    }

    private static Grant approvedAndNotStarted(EnvironmentName environment) {
        ApprovalBasis approved = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(JANE, "janeroe", 1)), GrantDuration.parse("2h"), NOW.plusSeconds(60));
        return grant(JOHN, environment, NOW, NOW.plusSeconds(10_800)).with(approved);
    }

    @Test
    void closed_at_the_forge_is_a_denial_with_a_name() {
        Proposal proposal = asked();
        board.become(
                proposal.number(), new ProposalSnapshot.State.Closed(Optional.of("janeroe"), Optional.empty(), NOW));
        settle.settle();
        assertThat(announcer.proposals.getLast())
                .isEqualTo(new ProposalStage.Denied("janeroe", Optional.of(JANE), NOW));
        assertThat(board.closings).isEmpty();
    }

    @Test
    void whoever_asked_takes_it_back_and_nobody_else_does() {
        Proposal proposal = asked();
        assertThat(withdraw.withdraw(JANE, PROD)).isEmpty();
        assertThat(withdraw.withdraw(JANE, proposal.id()))
                .contains(new Outcome.Refused(new Refusal.NotYourProposal(proposal)));
        assertThat(withdraw.withdraw(JOHN, PROD)).contains(new Outcome.Withdrawn(proposal));
        settle.settle();
        assertThat(board.closings).containsExactly("42 WITHDRAWN");
        assertThat(announcer.proposals.getLast()).isEqualTo(new ProposalStage.Withdrawn());
    }

    @Test
    void ten_minutes_without_a_forge_lose_nothing_and_double_nothing() {
        Proposal proposal = asked();
        board.review(proposal.number(), approves(60, "janeroe"));
        board.down = true;
        for (int minute = 1; minute <= 10; minute++) {
            now = NOW.plusSeconds(60L * minute);
            assertThatThrownBy(settle::settle).isInstanceOf(ObservationFailed.class);
        }
        board.down = false;
        settle.settle();
        settle.settle();
        assertThat(board.merges).isEqualTo(1);
        assertThat(ledger.read().openGrants()).hasSize(1);
    }

    @Test
    void an_extension_that_others_must_approve_moves_the_end_when_they_have() {
        Proposal proposal = asked();
        board.review(proposal.number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(5);
        settle.settle();
        Grant before = ledger.read().openGrants().getFirst();
        Outcome longer = extendGrant.extend(Examples.extension(JOHN, PROD, "1h"));
        assertThat(longer).isInstanceOf(Outcome.Proposed.class);
        board.review(((Outcome.Proposed) longer).proposal().number(), approves(2, "janeroe"));
        settle.settle();
        Grant after = ledger.read().openGrants().getFirst();
        assertThat(after).isEqualTo(before.until(before.expiresAt().plus(Duration.ofHours(1))));
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
    }

    /** It has no grant's message that would say so. */
    @Test
    void an_approved_extension_is_told_by_whoever_looks_next() {
        Proposal proposal = asked();
        board.review(proposal.number(), approves(1, "janeroe"));
        now = NOW.plusSeconds(5);
        settle.settle();
        Outcome longer = extendGrant.extend(Examples.extension(JOHN, PROD, "1h"));
        Proposal extension = ((Outcome.Proposed) longer).proposal();
        board.review(extension.number(), approves(2, "janeroe"));
        Approval approval = new Approval(JANE, "janeroe", extension.number(), 2, NOW.plusSeconds(2));
        board.merge(extension, new ApprovalBasis.Approved(List.of(approval), GrantDuration.parse("3h"), now));
        int before = announcer.proposals.size();
        settle.settle();
        assertThat(announcer.proposals.subList(before, announcer.proposals.size()))
                .containsExactly(new ProposalStage.Approved(List.of(approval)));
    }

    @Test
    void whoever_breaks_the_glass_is_heard_at_once() {
        ledger.policy = ApprovalScenario.policy(
                1,
                new ApprovalRules(
                        GrantDuration.parse("1h"),
                        Duration.ZERO,
                        true,
                        new BreakGlassRules(Audience.EVERYONE, GrantDuration.parse("30m"))));
        AccessRequest plain = request(JOHN, PROD, "10m", "INC-12");
        AccessRequest glass =
                new AccessRequest(plain.id(), JOHN, PROD, plain.duration(), plain.reason(), true, plain.askedAt());
        assertThat(requestAccess.request(glass)).isInstanceOf(Outcome.Done.class);
        assertThat(announcer.glass).containsExactlyElementsOf(ledger.read().openGrants());
    }

    @Test
    void what_is_still_wanted_is_asked_of_the_forge() {
        Proposal proposal = asked();
        ReportStatus status = new ReportStatus(ledger, List::of, Optional.of(board));
        board.review(proposal.number(), approves(1, "ghost"));
        assertThat(status.wantedBy(proposal))
                .contains(List.of(new UnmetRequirement.Approvals(0, 1), new UnmetRequirement.UnknownLogin("ghost")));
        board.down = true;
        assertThat(status.wantedBy(proposal)).isEmpty();
    }
}
