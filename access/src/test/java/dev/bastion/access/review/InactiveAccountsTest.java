package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.opening;
import static dev.bastion.access.ApprovalScenario.snapshot;
import static dev.bastion.access.ApprovalScenario.with;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.request;
import static dev.bastion.access.review.EvaluationView.allowed;
import static dev.bastion.access.review.EvaluationView.needs;
import static dev.bastion.access.review.PullRequestScenario.OPEN;
import static dev.bastion.access.review.PullRequestScenario.RULES;
import static dev.bastion.access.review.PullRequestScenario.approvals;
import static dev.bastion.access.review.PullRequestScenario.effect;
import static dev.bastion.access.review.PullRequestScenario.in;
import static dev.bastion.access.review.PullRequestScenario.open;
import static dev.bastion.access.review.PullRequestScenario.pullRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Jane left the workspace, and Max is suspended at GitHub: prod is for John and Jane, approved by Jane or Max. */
class InactiveAccountsTest {
    private static final EnvironmentState CLOSED = new EnvironmentState.Closed(PROD);
    private static final InactiveAccounts GONE = new InactiveAccounts(
            Map.of(SlackId.of(JANE.id()).orElseThrow(), InactiveAccount.DEACTIVATED),
            Map.of(new GithubLogin("maxm"), InactiveAccount.SUSPENDED));
    private static final LedgerSnapshot ALL_ACTIVE = new LedgerSnapshot(
            commit(1),
            new TreeMap<EnvironmentName, EnvironmentState>(Map.of(PROD, new EnvironmentState.Open(OPEN))),
            ApprovalScenario.policy(1, RULES));
    private static final AccessPolicy POLICY = ALL_ACTIVE.with(GONE).policy();

    @Test
    void anAccountIsLookedUpInSlackAndByItsLogin() {
        PeopleDirectory people = POLICY.people();
        assertThat(people.whyInactive(JANE)).contains(InactiveAccount.DEACTIVATED);
        assertThat(people.whyInactive(JANE, "janeroe")).contains(InactiveAccount.DEACTIVATED);
        assertThat(people.whyInactive(MAX)).isEmpty();
        assertThat(people.whyInactive(MAX, "MaxM")).contains(InactiveAccount.SUSPENDED);
        assertThat(people.whyInactive(MAX, "another")).isEmpty();
        assertThat(people.whyInactive(JOHN, "johndoe")).isEmpty();
    }

    @Test
    void aLedgerOfWhichNothingIsKnownIsTheSame() {
        assertThat(ALL_ACTIVE.with(InactiveAccounts.NONE)).isSameAs(ALL_ACTIVE);
    }

    @Test
    void theirReviewsDoNotCountAndTheReasonIsSaid() {
        assertThat(decided(approves(1, "janeroe"), approves(2, "maxm")))
                .isEqualTo(new ProposalDecision.Wait(List.of(
                        approvals(0),
                        new UnmetRequirement.InactiveReviewer(JANE, "janeroe", InactiveAccount.DEACTIVATED),
                        new UnmetRequirement.InactiveReviewer(MAX, "maxm", InactiveAccount.SUSPENDED))));
    }

    private static ProposalDecision decided(Review... reviews) {
        return new ProposalEvaluator(POLICY, snapshot(opening(), reviews), CLOSED, NOW.plusSeconds(1800)).decide();
    }

    @Test
    void theyAreNotAskedToApprove() {
        assertThat(ALL_ACTIVE.policy().approversOf(PROD, List.of())).containsExactly(JANE, MAX);
        assertThat(POLICY.approversOf(PROD, List.of())).containsExactly(MAX);
    }

    @Test
    void theirRequestIsRefused() {
        assertThat(POLICY.evaluate(request(JANE, PROD, "1h", "INC-12"), CLOSED, NOW)
                        .refusal())
                .map(Decision.Refuse::refusal)
                .contains(new Refusal.InactiveHolder(PROD, JANE, InactiveAccount.DEACTIVATED));
    }

    @Test
    void theirPullRequestExtendsNothing() {
        EnvironmentEdit extended = new EnvironmentEdit(PROD, open(OPEN.until(in(180))), false);
        assertThat(evaluated(extended, ALL_ACTIVE)).isEqualTo(allowed(effect(PullRequestEvaluation.Effect.EXTENDS)));
        assertThat(evaluated(extended, ALL_ACTIVE.with(GONE))).isEqualTo(needs(approvals(0)));
    }

    private static EvaluationView evaluated(EnvironmentEdit edit, LedgerSnapshot ledger) {
        return EvaluationView.of(PullRequestEvaluation.of(pullRequest("janeroe", List.of(), edit), ledger, NOW));
    }

    @Test
    void theEndOfAProposalIsItsStage() {
        ProposalSnapshot waiting = snapshot(opening(), approves(1, "janeroe"));
        assertThat(ended(waiting)).isEmpty();
        assertThat(ended(with(waiting, new ProposalSnapshot.State.Merged(commit(3), Optional.empty(), NOW))))
                .contains(new ProposalStage.Approved(List.of(approval(JANE, "janeroe", 1))));
        assertThat(ended(closed(waiting, Optional.of("johndoe"), Optional.of(ProposalSnapshot.Ending.LAPSED))))
                .contains(new ProposalStage.Lapsed());
        assertThat(ended(closed(waiting, Optional.of("janeroe"), Optional.empty())))
                .contains(new ProposalStage.Denied("janeroe", Optional.of(JANE), NOW));
        assertThat(ended(closed(waiting, Optional.empty(), Optional.empty())))
                .contains(new ProposalStage.Denied("an unknown account", Optional.empty(), NOW));
    }

    private static Optional<ProposalStage> ended(ProposalSnapshot seen) {
        return ProposalEvaluator.ended(ALL_ACTIVE.policy(), seen);
    }

    private static ProposalSnapshot closed(
            ProposalSnapshot seen, Optional<String> by, Optional<ProposalSnapshot.Ending> ending) {
        return with(seen, new ProposalSnapshot.State.Closed(by, ending, NOW));
    }
}
