package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.policy;
import static dev.bastion.access.ApprovalScenario.review;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.review.EvaluationView.allowed;
import static dev.bastion.access.review.EvaluationView.needs;
import static dev.bastion.access.review.EvaluationView.refused;
import static dev.bastion.access.review.PullRequestScenario.OPEN;
import static dev.bastion.access.review.PullRequestScenario.RULES;
import static dev.bastion.access.review.PullRequestScenario.approvals;
import static dev.bastion.access.review.PullRequestScenario.closed;
import static dev.bastion.access.review.PullRequestScenario.effect;
import static dev.bastion.access.review.PullRequestScenario.evaluated;
import static dev.bastion.access.review.PullRequestScenario.hours;
import static dev.bastion.access.review.PullRequestScenario.in;
import static dev.bastion.access.review.PullRequestScenario.open;
import static dev.bastion.access.review.PullRequestScenario.opens;
import static dev.bastion.access.review.PullRequestScenario.pullRequest;
import static dev.bastion.access.review.PullRequestScenario.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Attempt;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pull requests beside the table: other states of an environment, the limits of a person, and the service's own. */
class PullRequestStatesTest {
    @Test
    void whatChangesAnUnreadableEnvironmentInForceIsJudgedByItsGrant() {
        Optional<EnvironmentState> unreadable =
                Optional.of(new EnvironmentState.Unclear(PROD, "line 3", Optional.empty(), Optional.of(OPEN)));
        ManualPullRequest removes =
                pullRequest("mallory", List.of(), new EnvironmentEdit(PROD, Optional.empty(), false));
        assertThat(evaluated(removes, unreadable)).isEqualTo(refused(new Refusal.RemovesOpenEnvironment(OPEN)));
        ManualPullRequest closes = pullRequest("mallory", List.of(), new EnvironmentEdit(PROD, closed(), false));
        assertThat(evaluated(closes, unreadable))
                .as("a repair, and not without effect")
                .isEqualTo(allowed(effect(PullRequestEvaluation.Effect.ENDS)));
        assertThat(evaluated(closes, open(OPEN))).isEqualTo(needs(approvals(0)));
        assertThat(evaluated(removes, unclear())).as("nothing is in force").isEqualTo(allowed());
        assertThat(evaluated(closes, unclear())).as("nothing is in force").isEqualTo(allowed());
    }

    @Test
    void aGrantInTheFileOfAnUnreadableOneIsJudgedAsAnOpening() {
        EnvironmentState.Edit edit = new EnvironmentState.Edit(commit(4), JANE, NOW);
        EnvironmentEdit opens = new EnvironmentEdit(PROD, open(JOHN, 0, 60), false);
        ManualPullRequest pullRequest = pullRequest("johndoe", List.of(), opens);
        assertThat(evaluated(
                        pullRequest,
                        Optional.of(new EnvironmentState.Unclear(PROD, "line 3", Optional.of(edit), Optional.empty()))))
                .isEqualTo(needs(approvals(0)));
        assertThat(evaluated(
                        pullRequest,
                        Optional.of(new EnvironmentState.Unclear(PROD, "line 3", Optional.empty(), Optional.of(OPEN)))))
                .isEqualTo(needs(approvals(0)));
    }

    @Test
    void aNewEnvironmentIsJudgedLikeAClosedOne() {
        Optional<EnvironmentState> missing = Optional.empty();
        assertThat(evaluated(pullRequest("johndoe", List.of(), new EnvironmentEdit(PROD, closed(), false)), missing))
                .isEqualTo(allowed());
        EnvironmentEdit opens = new EnvironmentEdit(PROD, open(JOHN, 0, 60), false);
        assertThat(evaluated(pullRequest("johndoe", List.of(), opens), missing)).isEqualTo(needs(approvals(0)));
    }

    @Test
    void theLengthCountsFromAStartInThePast() {
        EnvironmentEdit opens = new EnvironmentEdit(PROD, open(JOHN, -60, 421), false);
        assertThat(evaluated(pullRequest("johndoe", List.of(), opens), closed()))
                .isEqualTo(refused(new Refusal.TooLong(PROD, Duration.ofMinutes(481), hours(8))));
    }

    @Test
    void anAuthorWhoDoesNotControlTheGrantNeedsTheApprovalAlone() {
        EnvironmentEdit extendsBeyond = new EnvironmentEdit(PROD, open(JOHN, -60, 300), false);
        assertThat(evaluated(pullRequest("mallory", List.of(), extendsBeyond), open(OPEN)))
                .isEqualTo(needs(approvals(0)));
    }

    @Test
    void aPullRequestIsLimitedByWhatThePersonHasAndNotByHowOftenTheyAsked() {
        Usage often = new Usage(
                List.of(),
                IntStream.range(0, 30)
                        .mapToObj(number -> grant(JOHN, new EnvironmentName("e" + number), NOW, in(1)))
                        .toList(),
                List.of(),
                List.of());
        Attempt.Open attempt = new Attempt.Open(
                DEV, JOHN, Reason.of("INC-12"), Duration.ofHours(1), false, new Attempt.Origin.PullRequest("johndoe"));
        AccessPolicy policy = policy(1, RULES);
        EnvironmentState dev = new EnvironmentState.Closed(DEV);
        assertThat(policy.evaluate(attempt, dev, Evidence.of(often), NOW).verdict())
                .isEqualTo(Evaluation.Verdict.ALLOWED);
        Usage much = new Usage(often.past(), List.of(), List.of(), List.of());
        assertThat(policy.evaluate(attempt, dev, Evidence.of(much), NOW).verdict())
                .isEqualTo(Evaluation.Verdict.REFUSED);
    }

    @Test
    void anObjectionWhereNoApprovalIsNeededIsGithubsToEnforce() {
        Grant dev = grant(JOHN, DEV, NOW, in(60));
        ManualPullRequest opens = pullRequest(
                "johndoe",
                List.of(review(1, "maxm", Review.Opinion.CHANGES_REQUESTED, HEAD)),
                new EnvironmentEdit(DEV, open(dev), false));
        assertThat(evaluated(opens, closed()))
                .isEqualTo(allowed(new EvaluationView.Effect(PullRequestEvaluation.Effect.OPENS, DEV, List.of())));
    }

    @Test
    void aProposalIsJudgedByTheRulesAlone() {
        LedgerSnapshot ledger = new LedgerSnapshot(
                commit(1), new TreeMap<>(Map.of(PROD, new EnvironmentState.Closed(PROD))), policy(1, RULES));
        ProposalSnapshot seen = ApprovalScenario.with(
                ApprovalScenario.with(
                        ApprovalScenario.snapshot(ApprovalScenario.opening(), approves(1, "janeroe")),
                        new ProposalSnapshot.Mergeability.Blocked()),
                new PlanStatus.Missing());
        PullRequestEvaluation evaluation = PullRequestEvaluation.of(seen, ledger, NOW);
        assertThat(EvaluationView.of(evaluation)).isEqualTo(opens(JANE, "janeroe", 1));
        assertThat(evaluation.verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
        ProposalSnapshot conflicting = ApprovalScenario.with(seen, new ProposalSnapshot.Mergeability.Conflicting());
        assertThat(EvaluationView.of(PullRequestEvaluation.of(conflicting, ledger, NOW)))
                .isEqualTo(refused(new Refusal.Overtaken(PROD)));
        ProposalSnapshot closed =
                ApprovalScenario.with(seen, new ProposalSnapshot.State.Closed(Optional.empty(), Optional.empty(), NOW));
        assertThat(EvaluationView.of(PullRequestEvaluation.of(closed, ledger, NOW)))
                .isEqualTo(allowed());
        LedgerSnapshot empty = new LedgerSnapshot(commit(1), new TreeMap<>(), policy(1, RULES));
        assertThat(PullRequestEvaluation.of(seen, empty, NOW).verdict()).isEqualTo(Evaluation.Verdict.REFUSED);
    }

    @Test
    void rulesOfGithubAreNoneOfThePolicysButAConflictIs() {
        ProposalSnapshot seen = ApprovalScenario.snapshot(ApprovalScenario.opening(), approves(1, "maxm"));
        assertThat(verdict(seen, new ProposalSnapshot.Mergeability.Refused("a rule", "change it")))
                .isEqualTo(Evaluation.Verdict.ALLOWED);
        assertThat(verdict(seen, new ProposalSnapshot.Mergeability.Pending())).isEqualTo(Evaluation.Verdict.ALLOWED);
        assertThat(verdict(seen, new ProposalSnapshot.Mergeability.Conflicting()))
                .isEqualTo(Evaluation.Verdict.REFUSED);
    }

    private static Evaluation.Verdict verdict(ProposalSnapshot seen, ProposalSnapshot.Mergeability mergeability) {
        ProposalSnapshot now = new ProposalSnapshot(
                seen.proposal(),
                seen.state(),
                seen.head(),
                seen.intact(),
                seen.reviews(),
                new PlanStatus.Missing(),
                mergeability);
        return ProposalEvaluator.ofReviews(policy(1, RULES), now.rulesAlone()).verdict();
    }

    @Test
    void aChangeIsEvaluatedAsItWasProposed() {
        AccessPolicy policy = policy(1, RULES);
        assertThat(policy.evaluate(ApprovalScenario.opening()).unmet()).containsExactly(approvals(0));
        assertThat(ProposalEvaluator.ofReviews(
                                policy, ApprovalScenario.snapshot(ApprovalScenario.opening(), approves(1, "maxm")))
                        .approvals())
                .containsExactly(approval(MAX, "maxm", 1));
        PullRequestEvaluation extension = PullRequestEvaluation.of(
                new ProposedChange.Extension(OPEN.request(), OPEN, in(300), JOHN, NOW, in(60)),
                new Evaluation(List.of(Check.failed(CheckName.PLAN, new Refusal.NotOpen(PROD))), List.of()));
        assertThat(extension.changes().getFirst().effect()).isEqualTo(PullRequestEvaluation.Effect.EXTENDS);
        assertThat(extension.verdict()).isEqualTo(Evaluation.Verdict.REFUSED);
    }
}
