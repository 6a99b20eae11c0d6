package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.OLDER;
import static dev.bastion.access.ApprovalScenario.PEOPLE;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.review;
import static dev.bastion.access.ApprovalScenario.rules;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.review.EvaluationView.needs;
import static dev.bastion.access.review.EvaluationView.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose approval a change of files needs: dev has Max (U3) as an approver and opens without approval, prod has Jane and Max,
 * the owner is Jane.
 */
class FileChangeEvaluationTest {
    private static final EnvironmentName NOBODYS = new EnvironmentName("nobodys");
    private static final String WORKFLOW = ".github/workflows/apply.yml";

    private static final FileChanges DEV_LEADS_ELSEWHERE = configures(new ConfigurationChange(DEV, List.of(), true));
    private static final FileChanges DEV_LEADS_TO_PROD = configures(new ConfigurationChange(DEV, List.of(PROD), true));
    private static final FileChanges DEV_LEADS_SOMEWHERE = configures(new ConfigurationChange(DEV, List.of(), false));
    private static final FileChanges NOBODYS_CHANGES = configures(new ConfigurationChange(NOBODYS, List.of(), true));
    private static final FileChanges WORKFLOW_CHANGES =
            new FileChanges(List.of(), List.of(), List.of(WORKFLOW, "environments/root.hcl"), List.of());

    private static FileChanges configures(ConfigurationChange... changes) {
        return new FileChanges(List.of(), List.of(changes), List.of(), List.of());
    }

    private static AccessPolicy policy(Audience owners) {
        EnvironmentRules open = rules(Audience.EVERYONE, 0, "8h", ApprovalRules.USUAL);
        return new AccessPolicy(
                RulesByEnvironment.of(
                        open,
                        Map.of(
                                DEV, approvedBy(open, 0, Set.of("U3")),
                                PROD, approvedBy(open, 1, Set.of("U2", "U3")),
                                NOBODYS, approvedBy(open, 0, Set.of()))),
                PersonLimits.USUAL,
                PEOPLE,
                owners);
    }

    private static EnvironmentRules approvedBy(EnvironmentRules rules, int approvals, Set<String> ids) {
        return new EnvironmentRules(
                rules.mayRequest(),
                rules.defaultDuration(),
                rules.longestDuration(),
                rules.longestTotal(),
                rules.extensionStep(),
                rules.warningBeforeEnd(),
                rules.reasons(),
                approvals,
                Audience.of(ids),
                rules.proposals());
    }

    static Stream<Arguments> changes() {
        UnmetRequirement one = new UnmetRequirement.Approvals(0, 1);
        UnmetRequirement owner = new UnmetRequirement.OwnerApproval(WORKFLOW, 1);
        return Stream.of(
                row("dev changes, nobody approved", DEV_LEADS_ELSEWHERE, "johndoe", needs(one)),
                row(
                        "dev changes, an approver of prod alone approved",
                        DEV_LEADS_ELSEWHERE,
                        "johndoe",
                        needs(one, new UnmetRequirement.NotAnApprover(JANE, "janeroe")),
                        approves(1, "janeroe")),
                row("dev changes, its approver wrote it", DEV_LEADS_ELSEWHERE, "maxm", needs(one)),
                row(
                        "dev would lead to prod, dev's approver approved for both",
                        DEV_LEADS_TO_PROD,
                        "johndoe",
                        configured(DEV, PROD),
                        approves(1, "maxm")),
                row(
                        "dev would lead to prod, and prod changes itself: each is asked once",
                        configures(
                                new ConfigurationChange(DEV, List.of(PROD), true),
                                new ConfigurationChange(PROD, List.of(DEV), true)),
                        "johndoe",
                        configured(DEV, PROD),
                        approves(1, "maxm")),
                row(
                        "dev would lead to prod, prod's approver alone approved",
                        DEV_LEADS_TO_PROD,
                        "johndoe",
                        needs(one, new UnmetRequirement.NotAnApprover(JANE, "janeroe")),
                        approves(1, "janeroe")),
                row(
                        "dev would lead somewhere, its approver approved",
                        DEV_LEADS_SOMEWHERE,
                        "johndoe",
                        needs(new UnmetRequirement.OwnerApproval("the configuration of dev", 0)),
                        approves(1, "maxm")),
                row(
                        "an environment without approvers changes",
                        NOBODYS_CHANGES,
                        "johndoe",
                        needs(new UnmetRequirement.OwnerApproval("the configuration of nobodys", 0)),
                        approves(1, "maxm")),
                row("a workflow changes, nobody approved", WORKFLOW_CHANGES, "johndoe", needs(owner)),
                row(
                        "a workflow changes, no owner approved",
                        WORKFLOW_CHANGES,
                        "johndoe",
                        needs(owner),
                        approves(1, "maxm")),
                row(
                        "a workflow changes, the owner wrote it",
                        WORKFLOW_CHANGES,
                        "janeroe",
                        needs(owner),
                        approves(1, "janeroe")),
                row(
                        "a workflow changes, the owner approved an older head",
                        WORKFLOW_CHANGES,
                        "johndoe",
                        needs(owner),
                        review(1, "janeroe", Review.Opinion.APPROVED, OLDER)),
                row(
                        "a workflow changes, the owner approved and Max objects",
                        WORKFLOW_CHANGES,
                        "johndoe",
                        needs(new UnmetRequirement.ChangesRequested("maxm")),
                        approves(1, "janeroe"),
                        review(2, "maxm", Review.Opinion.CHANGES_REQUESTED, HEAD)),
                row(
                        "a workflow changes, the owner approved",
                        WORKFLOW_CHANGES,
                        "johndoe",
                        configured(),
                        approves(1, "janeroe")));
    }

    private static EvaluationView configured(EnvironmentName... environments) {
        return new EvaluationView.Allowed(Arrays.stream(environments)
                .map(environment -> new EvaluationView.Effect(
                        PullRequestEvaluation.Effect.CONFIGURES,
                        environment,
                        List.of(approval(ApprovalScenario.MAX, "maxm", 1))))
                .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void theRightPeopleMustApprove(ManualPullRequest pullRequest, EvaluationView expected) {
        assertThat(evaluated(pullRequest, policy(Audience.of(Set.of("U2"))))).isEqualTo(expected);
    }

    @Test
    void withoutOwnersNobodyCanApproveWhatCiRuns() {
        ManualPullRequest pullRequest = pullRequest(WORKFLOW_CHANGES, "johndoe", approves(1, "janeroe"));
        assertThat(evaluated(pullRequest, policy(Audience.NOBODY))).isEqualTo(refused(new Refusal.NoOwners(WORKFLOW)));
    }

    static Stream<Arguments> pushes() {
        UnmetRequirement owner = new UnmetRequirement.OwnerApproval(WORKFLOW, 1);
        UnmetRequirement pushed = new UnmetRequirement.OwnPush(JANE, "janeroe");
        return Stream.of(
                Arguments.of(WORKFLOW_CHANGES, Pushers.of(List.of("johndoe", "JaneRoe")), needs(owner, pushed)),
                Arguments.of(WORKFLOW_CHANGES, Pushers.UNKNOWN, needs(owner, new UnmetRequirement.UnknownPusher())),
                Arguments.of(WORKFLOW_CHANGES, Pushers.of(List.of("johndoe", "stranger")), configured()),
                Arguments.of(
                        configures(new ConfigurationChange(PROD, List.of(), true)),
                        Pushers.of(List.of("janeroe")),
                        needs(new UnmetRequirement.Approvals(0, 1), pushed)),
                Arguments.of(
                        configures(new ConfigurationChange(PROD, List.of(), true)),
                        Pushers.UNKNOWN,
                        needs(new UnmetRequirement.Approvals(1, 2), new UnmetRequirement.UnknownPusher())));
    }

    @ParameterizedTest
    @MethodSource("pushes")
    void whoPushedItCannotApproveIt(FileChanges changes, Pushers pushers, EvaluationView expected) {
        ManualPullRequest pullRequest = new ManualPullRequest(
                42, Optional.of("johndoe"), HEAD, List.of(approves(1, "janeroe")), pushers, changes);
        assertThat(evaluated(pullRequest, policy(Audience.of(Set.of("U2"))))).isEqualTo(expected);
    }

    @Test
    void whereNobodyKnowsWhoPushedASecondApprovalCounts() {
        ManualPullRequest pullRequest = new ManualPullRequest(
                42,
                Optional.of("johndoe"),
                HEAD,
                List.of(approves(1, "janeroe"), approves(2, "maxm")),
                Pushers.UNKNOWN,
                WORKFLOW_CHANGES);
        assertThat(PullRequestEvaluation.of(
                                pullRequest,
                                new LedgerSnapshot(commit(1), new TreeMap<>(), policy(Audience.of(Set.of("U2", "U3")))),
                                NOW)
                        .verdict())
                .isEqualTo(Evaluation.Verdict.ALLOWED);
    }

    @Test
    void filesAreEvaluatedWithoutGrants() {
        FileChanges changes = new FileChanges(
                List.of(), List.of(new ConfigurationChange(PROD, List.of(), true)), List.of(WORKFLOW), List.of());
        ManualPullRequest pullRequest = pullRequest(changes, "johndoe");
        assertThat(EvaluationView.of(PullRequestEvaluation.ofFiles(pullRequest, policy(Audience.of(Set.of("U2"))))))
                .isEqualTo(
                        needs(new UnmetRequirement.OwnerApproval(WORKFLOW, 0), new UnmetRequirement.Approvals(0, 1)));
    }

    private static EvaluationView evaluated(ManualPullRequest pullRequest, AccessPolicy policy) {
        LedgerSnapshot ledger = new LedgerSnapshot(commit(1), new TreeMap<>(), policy);
        return EvaluationView.of(PullRequestEvaluation.of(pullRequest, ledger, NOW));
    }

    private static ManualPullRequest pullRequest(FileChanges changes, String author, Review... reviews) {
        return new ManualPullRequest(
                42, Optional.of(author), HEAD, List.of(reviews), Pushers.of(List.of(author)), changes);
    }

    private static Arguments row(
            String name, FileChanges changes, String author, EvaluationView expected, Review... reviews) {
        return Arguments.of(Named.of(name, pullRequest(changes, author, reviews)), expected);
    }
}
