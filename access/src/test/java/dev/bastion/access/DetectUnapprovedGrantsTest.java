package dev.bastion.access;

import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.policy.ApprovalRules;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is open although nobody approved it. */
class DetectUnapprovedGrantsTest {
    private final MemoryLedger ledger = new MemoryLedger(ApprovalScenario.policy(1, ApprovalRules.USUAL), DEV, PROD);
    private final MemoryProposals proposals = new MemoryProposals(ledger, () -> NOW);
    private final RecordedNotifications notifier = new RecordedNotifications();
    private final DetectUnapprovedGrants check = new DetectUnapprovedGrants(
            new StartGrant(ledger, new RecordedTimers(), notifier), notifier);
    private final Grant open = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));

    private Set<CommitId> check() {
        return check(commit -> Optional.of(new Reading<>(proposals.mergedPullRequestOf(commit), NOW)));
    }

    private Set<CommitId> check(DetectUnapprovedGrants.Origins origins) {
        FailureCollector failures = new FailureCollector(new RecordedFailures());
        Set<CommitId> unproven = check.check(ledger.lastSeen(), origins, failures);
        failures.throwIfAny();
        return unproven;
    }

    private void merged(Review... reviews) {
        ledger.put(open);
        proposals.brought.put(
                open.openedBy(),
                new ProposalRepository.MergedPullRequest(7, "johndoe", ApprovalScenario.HEAD, NOW, List.of(reviews)));
    }

    @Test
    void aGrantThatSomebodyElseApprovedIsNoAlarmAlsoWhenItWasMadeByHand() {
        merged(approves(1, "janeroe"));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void aGrantThatCameWithoutAPullRequestIsAnAlarm() {
        ledger.put(open);
        check();
        assertThat(notifier.alarms).containsExactly(List.of(new UnmetRequirement.Approvals(0, 1)));
    }

    @Test
    void aCommitThatOnlySaysItWasApprovedIsAnAlarm() {
        ApprovalBasis claimed = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
        ledger.put(open.with(claimed));
        check();
        assertThat(notifier.alarms).hasSize(1);
    }

    @Test
    void approvalsOfSomethingElseOrByOneselfDoNotCount() {
        merged(
                approves(1, "johndoe"),
                ApprovalScenario.review(2, "janeroe", Review.Opinion.APPROVED, ApprovalScenario.OLDER));
        check();
        assertThat(notifier.alarms)
                .containsExactly(List.of(
                        new UnmetRequirement.Approvals(0, 1),
                        new UnmetRequirement.OwnRequest(JOHN, "johndoe"),
                        new UnmetRequirement.OlderCommit("janeroe", ApprovalScenario.OLDER)));
    }

    @Test
    void brokenGlassIsToldToThoseWhoWereNotWaitedFor() {
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.empty())));
        check();
        assertThat(notifier.glass).hasSize(1);
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void anApprovalAfterwardsCountsFromThoseAloneWhoMay() {
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.of(JOHN))));
        check();
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.of(Examples.MALLORY))));
        check();
        ledger.put(open.with(new ApprovalBasis.BreakGlass(Optional.of(Examples.JANE))));
        check();
        assertThat(notifier.glass)
                .extracting(Grant::approvalBasis)
                .containsExactly(
                        new ApprovalBasis.BreakGlass(Optional.empty()),
                        new ApprovalBasis.BreakGlass(Optional.empty()),
                        new ApprovalBasis.BreakGlass(Optional.of(Examples.JANE)));
    }

    @Test
    void anExtensionThatNobodyApprovedIsAnAlarm() {
        merged(approves(1, "janeroe"));
        check();
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check();
        assertThat(notifier.alarms).containsExactly(List.of(new UnmetRequirement.Approvals(0, 1)));
        assertThat(notifier.alarmedBy).containsExactly(Examples.commit(8));
    }

    @Test
    void anExtensionThatSomebodyElseApprovedIsNone() {
        merged(approves(1, "janeroe"));
        proposals.brought.put(
                Examples.commit(8),
                new ProposalRepository.MergedPullRequest(
                        8, "bastion", ApprovalScenario.HEAD, NOW, List.of(approves(2, "janeroe"))));
        ledger.putMoved(open.until(NOW.plusSeconds(7200)), Examples.commit(8));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void whatTheApprovalOfTheOpeningCoversIsNoneEither() {
        merged(approves(1, "janeroe"));
        ApprovalBasis approved = new ApprovalBasis.Approved(
                List.of(ApprovalScenario.approval(Examples.JANE, "janeroe", 1)), GrantDuration.parse("1h"), NOW);
        ledger.putMoved(open.with(approved), Examples.commit(8));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void whereNobodyMustApproveNothingIsAsked() {
        proposals.down = true;
        ledger.put(grant(JOHN, DEV, NOW, NOW.plusSeconds(60)));
        check();
        assertThat(notifier.alarms).isEmpty();
    }

    @Test
    void nothingIsSaidBeforeTheForgeWasAskedAndNothingIsAskedAfterItProved() {
        merged(approves(1, "janeroe"));
        assertThat(check(_ -> Optional.empty())).containsExactly(open.openedBy());
        assertThat(notifier.alarms).isEmpty();
        assertThat(check()).isEmpty();
        assertThat(check(_ -> Optional.empty())).isEmpty();
    }
}
