package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ProposalMerge;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.PersonLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A proposal that a person merged is allowed only where the service would have merged it. */
class ManualMergeEvaluationTest {
    private static final Grant OPEN = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));
    private static final AccessPolicy POLICY = ApprovalScenario.policy(1, ApprovalRules.USUAL);

    private static Evaluation of(ProposedChange change, boolean byService, boolean isOver, String... reviewers) {
        return of(POLICY, Usage.NONE, change, byService, isOver, reviewers);
    }

    private static Evaluation of(
            AccessPolicy policy,
            Usage usage,
            ProposedChange change,
            boolean byService,
            boolean isOver,
            String... reviewers) {
        Evidence evidence = new Evidence(
                42,
                Optional.empty(),
                ApprovalScenario.HEAD,
                List.of(reviewers).stream()
                        .map(login -> approves(login.length(), login))
                        .toList(),
                Pushers.SERVICE,
                change.beneficiaries(),
                change.lapsesAt(),
                usage);
        Evaluation merged = policy.evaluateOpened(OPEN, change instanceof ProposedChange.Extension, evidence);
        ProposalMerge merge = new ProposalMerge(ApprovalScenario.proposal(change), byService, isOver);
        return ManualMergeEvaluation.of(policy, merged, merge, evidence);
    }

    private static ProposedChange openingOf(Person holder) {
        ProposedChange.Opening opening = ApprovalScenario.opening();
        return new ProposedChange.Opening(
                Examples.request(holder, PROD, "2h", "INC-12"),
                opening.duration(),
                opening.proposedAt(),
                opening.lapsesAt());
    }

    private static Optional<Refusal> refusal(Evaluation evaluation) {
        return evaluation.refusal().map(Decision.Refuse::refusal);
    }

    @Test
    void whatTheServiceWouldHaveMergedIsAllowedWithItsApprovals() {
        Evaluation evaluation = of(ApprovalScenario.opening(), false, false, "JaneRoe");
        assertThat(evaluation.verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
        assertThat(evaluation.approvals()).extracting(Approval::by).containsExactly(JANE);
    }

    @Test
    void whatIsOverIsRefusedWhateverItsReviewsSay() {
        assertThat(refusal(of(ApprovalScenario.opening(), false, true, "JaneRoe")))
                .contains(new Refusal.NotWaiting());
    }

    @Test
    void aHolderWhoMayNoLongerRequestIsRefused() {
        assertThat(refusal(of(openingOf(ApprovalScenario.MAX), false, false, "JaneRoe")))
                .contains(new Refusal.NotAllowed(PROD, ApprovalScenario.MAX));
    }

    @Test
    void theMergeOfTheServiceIsJudgedByItsApprovalsAlone() {
        Evaluation evaluation = of(openingOf(ApprovalScenario.MAX), true, true, "JaneRoe");
        assertThat(evaluation.verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
        assertThat(of(ApprovalScenario.opening(), true, false).unmet())
                .containsExactly(new UnmetRequirement.Approvals(0, 1));
    }

    /** They counted when it was requested; now the grant itself is open. */
    @Test
    void limitsDoNotCountAgain() {
        AccessPolicy limited = new AccessPolicy(
                POLICY.environments(), new PersonLimits(1, 20, Duration.ZERO), POLICY.people(), POLICY.owners());
        Grant other = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
        Usage usage = new Usage(List.of(OPEN, other), List.of(), List.of(), List.of());
        assertThat(of(limited, usage, ApprovalScenario.opening(), false, false, "JaneRoe")
                        .verdict())
                .isEqualTo(Evaluation.Verdict.ALLOWED);
    }

    @Test
    void missingApprovalsAreSaidOnce() {
        assertThat(of(ApprovalScenario.opening(), false, false).unmet())
                .containsExactly(new UnmetRequirement.Approvals(0, 1));
    }

    /** Who extends another person's grant can review it on GitHub, since the service opened the pull request. */
    @Test
    void whoAskedForAnExtensionDoesNotApproveIt() {
        ProposedChange.Extension extension = new ProposedChange.Extension(
                RequestId.derivedFrom("longer"),
                OPEN,
                OPEN.expiresAt().plusSeconds(3600),
                JANE,
                NOW.plusSeconds(60),
                ApprovalScenario.LAPSES);
        assertThat(of(extension, false, false, "JaneRoe").verdict()).isEqualTo(Evaluation.Verdict.NEEDS);
        assertThat(of(extension, false, false, "maxm").verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
    }
}
