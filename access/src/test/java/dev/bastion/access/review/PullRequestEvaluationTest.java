package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.OLDER;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.review;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.review.EvaluationView.allowed;
import static dev.bastion.access.review.EvaluationView.needs;
import static dev.bastion.access.review.EvaluationView.refused;
import static dev.bastion.access.review.PullRequestScenario.OPEN;
import static dev.bastion.access.review.PullRequestScenario.approvals;
import static dev.bastion.access.review.PullRequestScenario.closed;
import static dev.bastion.access.review.PullRequestScenario.effect;
import static dev.bastion.access.review.PullRequestScenario.evaluated;
import static dev.bastion.access.review.PullRequestScenario.hours;
import static dev.bastion.access.review.PullRequestScenario.in;
import static dev.bastion.access.review.PullRequestScenario.open;
import static dev.bastion.access.review.PullRequestScenario.opens;
import static dev.bastion.access.review.PullRequestScenario.prod;
import static dev.bastion.access.review.PullRequestScenario.pullRequest;
import static dev.bastion.access.review.PullRequestScenario.unclear;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pull requests that people made themselves, row by row: prod is for John and Jane, approved by Jane or Max. */
class PullRequestEvaluationTest {
    private static final Person STRANGER = new Person("U7", "stranger");
    private static final Grant OVER = prod(JOHN, -60, 0);

    static Stream<Arguments> openings() {
        return Stream.of(
                row("nobody approved", closed(), open(JOHN, 0, 60), "johndoe", needs(approvals(0))),
                row(
                        "approved",
                        closed(),
                        open(JOHN, 0, 60),
                        "johndoe",
                        opens(JANE, "janeroe", 1),
                        approves(1, "janeroe")),
                row(
                        "as long as may be",
                        closed(),
                        open(JOHN, 0, 480),
                        "johndoe",
                        opens(MAX, "maxm", 1),
                        approves(1, "maxm")),
                row(
                        "a second too long",
                        closed(),
                        open(JOHN, Duration.ZERO, Duration.ofHours(8).plusSeconds(1)),
                        "johndoe",
                        refused(new Refusal.TooLong(PROD, Duration.ofHours(8).plusSeconds(1), hours(8))),
                        approves(1, "janeroe")),
                row(
                        "begins later on paper: the door opens with the merge",
                        closed(),
                        open(JOHN, 60, 500),
                        "johndoe",
                        refused(new Refusal.TooLong(PROD, Duration.ofMinutes(500), hours(8)))),
                row(
                        "for weeks",
                        closed(),
                        open(JOHN, 0, 60 * 24 * 30),
                        "johndoe",
                        refused(new Refusal.TooLong(PROD, Duration.ofDays(30), hours(8)))),
                row(
                        "over already",
                        closed(),
                        open(JOHN, -60, 0),
                        "johndoe",
                        refused(new Refusal.EndsBeforeItStarts(PROD)),
                        approves(1, "janeroe")),
                row(
                        "ends before it begins",
                        closed(),
                        open(JOHN, 60, 30),
                        "johndoe",
                        refused(new Refusal.EndsBeforeItStarts(PROD))),
                row(
                        "for somebody who may not, unknown besides",
                        closed(),
                        open(STRANGER, 0, 60),
                        "johndoe",
                        refused(
                                new Refusal.NotAllowed(PROD, STRANGER),
                                new Refusal.NotTheAuthor(PROD, STRANGER, "johndoe")),
                        approves(1, "janeroe")),
                row(
                        "the holder's own approval",
                        closed(),
                        open(JANE, 0, 60),
                        "janeroe",
                        needs(approvals(0), new UnmetRequirement.OwnRequest(JANE, "janeroe")),
                        approves(1, "janeroe")),
                row(
                        "of an older commit",
                        closed(),
                        open(JOHN, 0, 60),
                        "johndoe",
                        needs(approvals(0), new UnmetRequirement.OlderCommit("janeroe", OLDER)),
                        review(1, "janeroe", Review.Opinion.APPROVED, OLDER)),
                row(
                        "by nobody's login",
                        closed(),
                        open(JOHN, 0, 60),
                        "johndoe",
                        needs(approvals(0), new UnmetRequirement.UnknownLogin("who")),
                        approves(1, "who")),
                row(
                        "by a person who is not an approver",
                        closed(),
                        open(JOHN, 0, 60),
                        "johndoe",
                        needs(approvals(0), new UnmetRequirement.NotAnApprover(MALLORY, "mallory")),
                        approves(1, "mallory")),
                row(
                        "one approves, one objects",
                        closed(),
                        open(JOHN, 0, 60),
                        "johndoe",
                        needs(new UnmetRequirement.ChangesRequested("maxm")),
                        approves(1, "janeroe"),
                        review(2, "maxm", Review.Opinion.CHANGES_REQUESTED, HEAD)),
                row(
                        "into a file that nobody can read now",
                        unclear(),
                        open(JOHN, 0, 60),
                        "johndoe",
                        needs(approvals(0))),
                row("in a new environment", Optional.empty(), open(JOHN, 0, 60), "johndoe", needs(approvals(0))));
    }

    static Stream<Arguments> changesOfWhatIsOpen() {
        Grant until4h = OPEN.until(in(180));
        Grant until5h = OPEN.until(in(240));
        return Stream.of(
                row("the same, with another file around it", open(OPEN), open(OPEN), "mallory", allowed()),
                row(
                        "extended within what approval covers, by the holder",
                        open(OPEN),
                        open(until4h),
                        "johndoe",
                        allowed(effect(PullRequestEvaluation.Effect.EXTENDS))),
                row(
                        "by an approver",
                        open(OPEN),
                        open(until4h),
                        "janeroe",
                        allowed(effect(PullRequestEvaluation.Effect.EXTENDS))),
                row(
                        "by anybody else",
                        open(OPEN),
                        open(until4h),
                        "mallory",
                        needs(new UnmetRequirement.Approvals(0, 1))),
                row(
                        "by anybody else, and the holder agrees",
                        open(OPEN),
                        open(until4h),
                        "mallory",
                        allowed(effect(PullRequestEvaluation.Effect.EXTENDS, approval(JOHN, "johndoe", 1))),
                        approves(1, "johndoe")),
                row("beyond that", open(OPEN), open(until5h), "johndoe", needs(approvals(0))),
                row(
                        "beyond that, and the holder agrees with themselves",
                        open(OPEN),
                        open(until5h),
                        "mallory",
                        needs(approvals(0), new UnmetRequirement.OwnRequest(JOHN, "johndoe")),
                        approves(1, "johndoe")),
                row(
                        "beyond that, approved",
                        open(OPEN),
                        open(until5h),
                        "johndoe",
                        allowed(effect(PullRequestEvaluation.Effect.EXTENDS, approval(JANE, "janeroe", 1))),
                        approves(1, "janeroe")),
                row(
                        "beyond the longest total",
                        open(OPEN),
                        open(OPEN.until(in(661))),
                        "johndoe",
                        refused(new Refusal.TotalReached(OPEN, hours(12), in(660))),
                        approves(1, "janeroe")),
                row(
                        "when it is over",
                        open(OVER),
                        open(OVER.until(in(60))),
                        "johndoe",
                        refused(new Refusal.AlreadyEnded(OVER))),
                row(
                        "given to somebody else",
                        open(OPEN),
                        open(prod(JANE, -60, 60)),
                        "johndoe",
                        refused(new Refusal.ReplacesGrant(OPEN)),
                        approves(1, "maxm")),
                row(
                        "its beginning moved",
                        open(OPEN),
                        open(prod(JOHN, 0, 60)),
                        "johndoe",
                        refused(new Refusal.ReplacesGrant(OPEN)),
                        approves(1, "janeroe")),
                row(
                        "shortened by its holder",
                        open(OPEN),
                        open(OPEN.until(in(10))),
                        "johndoe",
                        allowed(effect(PullRequestEvaluation.Effect.SHORTENS))),
                row("shortened by anybody else", open(OPEN), open(OPEN.until(in(10))), "mallory", needs(approvals(0))),
                row(
                        "made unreadable",
                        open(OPEN),
                        unclear(),
                        "johndoe",
                        refused(new Refusal.Unreadable(PROD, "line 3: merge(...)"))),
                row(
                        "removed",
                        open(OPEN),
                        Optional.empty(),
                        "johndoe",
                        refused(new Refusal.RemovesOpenEnvironment(OPEN))));
    }

    static Stream<Arguments> closings() {
        EvaluationView closes = allowed(effect(PullRequestEvaluation.Effect.ENDS));
        return Stream.of(
                row("was closed, is closed", closed(), closed(), "mallory", allowed()),
                row("mended", unclear(), closed(), "mallory", allowed()),
                row("removed", closed(), Optional.empty(), "mallory", allowed()),
                row("over, by anybody", open(OVER), closed(), "who", closes),
                row("by its holder", open(OPEN), closed(), "JohnDoe", closes),
                row("by an approver", open(OPEN), closed(), "maxm", closes),
                row("by another person", open(OPEN), closed(), "mallory", needs(approvals(0))),
                row("by nobody known", open(OPEN), closed(), "who", needs(approvals(0))),
                row(
                        "by somebody else, the holder agrees",
                        open(OPEN),
                        closed(),
                        "mallory",
                        allowed(effect(PullRequestEvaluation.Effect.ENDS, approval(JOHN, "johndoe", 1))),
                        approves(1, "johndoe")),
                row(
                        "by somebody else, another such agrees",
                        open(OPEN),
                        closed(),
                        "who",
                        needs(approvals(0), new UnmetRequirement.NotAnApprover(MALLORY, "mallory")),
                        approves(1, "mallory")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"openings", "changesOfWhatIsOpen", "closings"})
    void aPullRequestIsEvaluated(
            String what,
            Optional<EnvironmentState> before,
            Optional<EnvironmentState> after,
            String author,
            EvaluationView verdict,
            List<Review> reviews) {
        ManualPullRequest pullRequest = pullRequest(author, reviews, new EnvironmentEdit(PROD, after, false));
        assertThat(evaluated(pullRequest, before)).as(what).isEqualTo(verdict);
    }

    @Test
    void whereNobodyMustApproveNobodyIsAsked() {
        Grant dev = grant(JOHN, DEV, NOW, in(60));
        ManualPullRequest opens = pullRequest("johndoe", List.of(), new EnvironmentEdit(DEV, open(dev), false));
        assertThat(evaluated(opens, closed()))
                .isEqualTo(allowed(new EvaluationView.Effect(PullRequestEvaluation.Effect.OPENS, DEV, List.of())));
    }

    @Test
    void allEnvironmentsMustPass() {
        EnvironmentEdit dev = new EnvironmentEdit(DEV, open(grant(JOHN, DEV, NOW, in(60))), false);
        EnvironmentEdit prod = new EnvironmentEdit(PROD, open(JOHN, 0, 60), false);
        assertThat(evaluated(pullRequest("johndoe", List.of(), dev, prod), closed()))
                .isEqualTo(needs(approvals(0)));
        for (List<EnvironmentEdit> order : List.of(List.of(dev, prod), List.of(prod, dev))) {
            ManualPullRequest both = pullRequest("johndoe", List.of(), order.toArray(EnvironmentEdit[]::new));
            assertThat(PullRequestScenario.verdict(both)).isEqualTo(Evaluation.Verdict.NEEDS);
        }
        EnvironmentEdit wrong = new EnvironmentEdit(PROD, open(JOHN, -60, 0), false);
        assertThat(evaluated(pullRequest("johndoe", List.of(), dev, wrong), closed()))
                .isEqualTo(refused(new Refusal.EndsBeforeItStarts(PROD)));
    }

    @Test
    void whatChangesNoEnvironmentPasses() {
        assertThat(evaluated(pullRequest("who", List.of()), closed())).isEqualTo(allowed());
    }

    @Test
    void aWrongPolicyFailsWithEveryProblem() {
        ManualPullRequest pullRequest = new ManualPullRequest(
                42,
                Optional.of("johndoe"),
                HEAD,
                List.of(),
                Pushers.of(List.of("johndoe")),
                new FileChanges(List.of(), List.of(), List.of(), List.of("access-policy.yaml: a", "people.yaml: b")));
        assertThat(evaluated(pullRequest, closed()))
                .isEqualTo(refused(
                        new Refusal.InvalidFiles("access-policy.yaml: a"), new Refusal.InvalidFiles("people.yaml: b")));
    }

    @Test
    void aFileChangedOnTheBranchInTheMeantimeIsRefused() {
        ManualPullRequest pullRequest = pullRequest(
                "johndoe", List.of(approves(1, "janeroe")), new EnvironmentEdit(PROD, open(JOHN, 0, 60), true));
        assertThat(evaluated(pullRequest, closed())).isEqualTo(refused(new Refusal.Overtaken(PROD)));
    }

    @Test
    void theServicesOwnThatIsNoProposalAnyMoreFails() {
        ManualPullRequest pullRequest = new ManualPullRequest(
                42,
                Optional.empty(),
                HEAD,
                List.of(approves(1, "janeroe")),
                Pushers.SERVICE,
                new FileChanges(
                        List.of(new EnvironmentEdit(PROD, open(JOHN, 0, 60), false)), List.of(), List.of(), List.of()));
        assertThat(evaluated(pullRequest, closed())).isEqualTo(refused(new Refusal.Altered(PROD)));
    }

    private static Arguments row(
            String what,
            Optional<EnvironmentState> before,
            Optional<EnvironmentState> after,
            String author,
            EvaluationView verdict,
            Review... reviews) {
        return Arguments.of(what, before, after, author, verdict, Arrays.asList(reviews));
    }
}
