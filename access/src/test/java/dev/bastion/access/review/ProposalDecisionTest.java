package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.LAPSES;
import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.OLDER;
import static dev.bastion.access.ApprovalScenario.altered;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.opening;
import static dev.bastion.access.ApprovalScenario.policy;
import static dev.bastion.access.ApprovalScenario.review;
import static dev.bastion.access.ApprovalScenario.snapshot;
import static dev.bastion.access.ApprovalScenario.with;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.proposal.Review.Opinion.APPROVED;
import static dev.bastion.access.proposal.Review.Opinion.CHANGES_REQUESTED;
import static dev.bastion.access.proposal.Review.Opinion.COMMENTED;
import static dev.bastion.access.proposal.Review.Opinion.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a proposal, row by row. */
class ProposalDecisionTest {
    private static ProposalDecision decision(
            AccessPolicy policy, ProposalSnapshot seen, EnvironmentState state, Instant now) {
        return new ProposalEvaluator(policy, seen, state, now).decide();
    }

    private static final EnvironmentState CLOSED = new EnvironmentState.Closed(PROD);
    private static final Instant LATER = NOW.plusSeconds(1800);
    private static final AccessPolicy ONE = policy(1, ApprovalRules.USUAL);
    private static final UnmetRequirement NONE_OF_ONE = new UnmetRequirement.Approvals(0, 1);

    private static ProposalDecision decided(ProposalSnapshot seen) {
        return decision(ONE, seen, CLOSED, LATER);
    }

    private static ProposalDecision wait(UnmetRequirement... reasons) {
        return new ProposalDecision.Wait(List.of(reasons));
    }

    static Stream<Arguments> reviews() {
        ProposalDecision merge = new ProposalDecision.Merge(List.of(approval(JANE, "janeroe", 1)));
        return Stream.of(
                row("nobody has said anything", wait(NONE_OF_ONE)),
                row("approved", merge, approves(1, "janeroe")),
                row(
                        "a login is the same in whatever case it is written",
                        new ProposalDecision.Merge(List.of(approval(JANE, "JANEROE", 1))),
                        approves(1, "JANEROE")),
                row(
                        "the requester, through the pull request that the service opened",
                        wait(NONE_OF_ONE, new UnmetRequirement.OwnRequest(JOHN, "johndoe")),
                        approves(1, "johndoe")),
                row("an approval that was dismissed", wait(NONE_OF_ONE), review(1, "janeroe", DISMISSED, HEAD)),
                row(
                        "approved, then changes requested",
                        wait(NONE_OF_ONE, new UnmetRequirement.ChangesRequested("janeroe")),
                        approves(1, "janeroe"),
                        review(2, "janeroe", CHANGES_REQUESTED, HEAD)),
                row(
                        "approved, then changes requested, and that dismissed: the approval does not come back",
                        wait(NONE_OF_ONE),
                        approves(1, "janeroe"),
                        review(2, "janeroe", DISMISSED, HEAD)),
                row(
                        "approved, then dismissed under another case of the login",
                        wait(NONE_OF_ONE),
                        approves(1, "JaneRoe"),
                        review(2, "janeroe", DISMISSED, HEAD)),
                row(
                        "changes requested, then approved",
                        new ProposalDecision.Merge(List.of(approval(JANE, "janeroe", 2))),
                        review(1, "janeroe", CHANGES_REQUESTED, HEAD),
                        approves(2, "janeroe")),
                row(
                        "a comment takes nothing back",
                        merge,
                        approves(1, "janeroe"),
                        review(2, "janeroe", COMMENTED, HEAD)),
                row("a comment is no approval", wait(NONE_OF_ONE), review(1, "janeroe", COMMENTED, HEAD)),
                row(
                        "one approves, another objects",
                        wait(new UnmetRequirement.ChangesRequested("maxm")),
                        approves(1, "janeroe"),
                        review(2, "maxm", CHANGES_REQUESTED, HEAD)),
                row(
                        "an unknown account objects",
                        wait(new UnmetRequirement.ChangesRequested("stranger")),
                        approves(1, "janeroe"),
                        review(2, "stranger", CHANGES_REQUESTED, OLDER)),
                row(
                        "an approval of an older commit",
                        wait(NONE_OF_ONE, new UnmetRequirement.OlderCommit("janeroe", OLDER)),
                        review(1, "janeroe", APPROVED, OLDER)),
                row(
                        "a login that nobody is known by",
                        wait(NONE_OF_ONE, new UnmetRequirement.UnknownLogin("jane-roe")),
                        approves(1, "jane-roe")),
                row(
                        "a person who is not an approver",
                        wait(NONE_OF_ONE, new UnmetRequirement.NotAnApprover(MALLORY, "mallory")),
                        approves(1, "mallory")),
                row(
                        "what does not count is of no consequence once there are enough",
                        merge,
                        approves(1, "janeroe"),
                        approves(2, "johndoe"),
                        approves(3, "stranger"),
                        review(4, "maxm", APPROVED, OLDER)));
    }

    private static Arguments row(String what, ProposalDecision decision, Review... reviews) {
        return Arguments.of(what, decision, reviews);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reviews")
    void reviewsCountOrSayWhyNot(String what, ProposalDecision decision, Review... reviews) {
        assertThat(decided(snapshot(opening(), reviews))).as(what).isEqualTo(decision);
    }

    @Test
    void theThirtyFirstReviewCountsLikeTheFirst() {
        List<Review> reviews = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            reviews.add(review(i, "janeroe", COMMENTED, HEAD));
        }
        reviews.add(approves(31, "janeroe"));
        assertThat(decided(snapshot(opening(), reviews.toArray(Review[]::new))))
                .isInstanceOf(ProposalDecision.Merge.class);
    }

    @Test
    void twoApprovalsAreTwoPeople() {
        AccessPolicy two = policy(2, ApprovalRules.USUAL);
        ProposalSnapshot same = snapshot(opening(), approves(1, "janeroe"), approves(2, "janeroe"));
        assertThat(decision(two, same, CLOSED, LATER)).isEqualTo(wait(new UnmetRequirement.Approvals(1, 2)));
        ProposalSnapshot both = snapshot(opening(), approves(1, "janeroe"), approves(2, "maxm"));
        assertThat(decision(two, both, CLOSED, LATER))
                .isEqualTo(new ProposalDecision.Merge(List.of(approval(JANE, "janeroe", 1), approval(MAX, "maxm", 2))));
    }

    static Stream<Arguments> meanwhile() {
        EnvironmentRules strangersOnly =
                ApprovalScenario.rules(Audience.of(Set.of("U9")), 1, "8h", ApprovalRules.USUAL);
        EnvironmentRules shorter = ApprovalScenario.rules(Audience.EVERYONE, 1, "1h", ApprovalRules.USUAL);
        EnvironmentRules stricter = ApprovalScenario.rules(Audience.EVERYONE, 2, "8h", ApprovalRules.USUAL);
        Grant other = grant(JANE, PROD, NOW, NOW.plusSeconds(7200));
        return Stream.of(
                Arguments.of(
                        "the requester may not ask any more",
                        strangersOnly,
                        CLOSED,
                        no(new Refusal.NotAllowed(PROD, JOHN))),
                Arguments.of(
                        "so long is not allowed any more",
                        shorter,
                        CLOSED,
                        no(new Refusal.TooLong(PROD, Duration.ofHours(2), GrantDuration.parse("1h")))),
                Arguments.of(
                        "more approvals are asked for now",
                        stricter,
                        CLOSED,
                        wait(new UnmetRequirement.Approvals(1, 2))),
                Arguments.of(
                        "the environment was opened, by a proposal or otherwise",
                        ONE.rulesOf(PROD),
                        new EnvironmentState.Open(other),
                        no(new Refusal.AlreadyOpen(other))),
                Arguments.of(
                        "the file cannot be read any more",
                        ONE.rulesOf(PROD),
                        new EnvironmentState.Unclear(PROD, "prod:12"),
                        no(new Refusal.Unreadable(PROD, "prod:12"))));
    }

    private static ProposalDecision no(Refusal why) {
        return new ProposalDecision.Refuse(why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meanwhile")
    void whatWasAskedIsDecidedAgain(
            String what, EnvironmentRules now, EnvironmentState state, ProposalDecision decision) {
        AccessPolicy policy = new AccessPolicy(RulesByEnvironment.of(now, Map.of(PROD, now)), ONE.people());
        assertThat(decision(policy, snapshot(opening(), approves(1, "janeroe")), state, LATER))
                .as(what)
                .isEqualTo(decision);
    }

    @Test
    void aBranchThatWasChangedIsNeverMerged() {
        assertThat(decided(altered(snapshot(opening(), approves(1, "janeroe")))))
                .isEqualTo(no(new Refusal.Altered(PROD)));
    }

    @Test
    void nobodyInTimeAndItLapses() {
        ProposalSnapshot nobody = snapshot(opening());
        assertThat(decision(ONE, nobody, CLOSED, LAPSES.minusSeconds(1))).isEqualTo(wait(NONE_OF_ONE));
        assertThat(decision(ONE, nobody, CLOSED, LAPSES)).isEqualTo(new ProposalDecision.Lapse());
    }

    @Test
    void approvedInTimeIsInTimeAlsoWhenItIsSeenLate() {
        ProposalSnapshot inTime = snapshot(opening(), approves(3599, "janeroe"));
        assertThat(decision(ONE, inTime, CLOSED, LAPSES.plusSeconds(600))).isInstanceOf(ProposalDecision.Merge.class);
        assertThat(decision(ONE, inTime, CLOSED, opening().latestEnd())).isEqualTo(new ProposalDecision.Lapse());
        ProposalSnapshot workingItOut = with(inTime, new ProposalSnapshot.Mergeability.Unknown());
        assertThat(decision(ONE, workingItOut, CLOSED, LAPSES.plusSeconds(600)))
                .isEqualTo(wait(new UnmetRequirement.Forge(true)));
        ProposalSnapshot unplanned = with(inTime, new PlanStatus.Missing());
        assertThat(decision(ONE, unplanned, CLOSED, LAPSES.plusSeconds(600))).isEqualTo(new ProposalDecision.Lapse());
        ProposalSnapshot late = snapshot(opening(), approves(3600, "janeroe"));
        assertThat(decision(ONE, late, CLOSED, LAPSES.plusSeconds(600))).isEqualTo(new ProposalDecision.Lapse());
    }

    @Test
    void thePlanIsWaitedForWhereThePolicySaysSo() {
        ProposalSnapshot approved = snapshot(opening(), approves(1, "janeroe"));
        Optional<URI> run = Optional.of(URI.create("https://ci.example/1"));
        assertThat(decided(with(approved, new PlanStatus.Missing())))
                .isEqualTo(wait(new UnmetRequirement.Plan(Optional.empty())));
        assertThat(decided(with(approved, new PlanStatus.Running(run))))
                .isEqualTo(wait(new UnmetRequirement.Plan(run)));
        assertThat(decided(with(approved, new PlanStatus.Failed("refused", run))))
                .isEqualTo(wait(new UnmetRequirement.FailedPlan("refused", run)));
        AccessPolicy careless =
                policy(1, new ApprovalRules(GrantDuration.parse("1h"), Duration.ZERO, false, BreakGlassRules.NOBODY));
        assertThat(decision(careless, with(approved, new PlanStatus.Missing()), CLOSED, LATER))
                .isInstanceOf(ProposalDecision.Merge.class);
    }

    static Stream<Arguments> mergeabilities() {
        ProposalDecision merge = new ProposalDecision.Merge(List.of(approval(JANE, "janeroe", 1)));
        return Stream.of(
                arguments(new ProposalSnapshot.Mergeability.Unknown(), wait(new UnmetRequirement.Forge(true))),
                arguments(new ProposalSnapshot.Mergeability.Pending(), wait(new UnmetRequirement.Forge(false))),
                arguments(
                        new ProposalSnapshot.Mergeability.Refused("no", "change it"),
                        wait(new UnmetRequirement.MergeRefused("no", "change it"))),
                arguments(new ProposalSnapshot.Mergeability.Conflicting(), no(new Refusal.Overtaken(PROD))),
                arguments(new ProposalSnapshot.Mergeability.Blocked(), merge),
                arguments(new ProposalSnapshot.Mergeability.Clean(), merge));
    }

    @ParameterizedTest
    @MethodSource("mergeabilities")
    void theForgesMergeabilityCounts(ProposalSnapshot.Mergeability mergeability, ProposalDecision expected) {
        assertThat(decided(with(snapshot(opening(), approves(1, "janeroe")), mergeability)))
                .isEqualTo(expected);
    }

    @Test
    void anApprovalInTimeOutlastsTheWaitForGithubButNotItsRefusal() {
        ProposalSnapshot inTime = snapshot(opening(), approves(3599, "janeroe"));
        assertThat(decision(
                        ONE,
                        with(inTime, new ProposalSnapshot.Mergeability.Pending()),
                        CLOSED,
                        LAPSES.plusSeconds(600)))
                .isInstanceOf(ProposalDecision.Wait.class);
        assertThat(decision(
                        ONE,
                        with(inTime, new ProposalSnapshot.Mergeability.Blocked()),
                        CLOSED,
                        LAPSES.plusSeconds(600)))
                .isInstanceOf(ProposalDecision.Merge.class);
        assertThat(decision(
                        ONE,
                        with(inTime, new ProposalSnapshot.Mergeability.Refused("no", "change it")),
                        CLOSED,
                        LAPSES))
                .isEqualTo(new ProposalDecision.Lapse());
    }

    @Test
    void whatIsOverAtTheForgeIsOver() {
        ProposalSnapshot.State closed =
                new ProposalSnapshot.State.Closed(Optional.of("janeroe"), Optional.empty(), LATER);
        assertThat(decided(with(altered(snapshot(opening())), closed))).isEqualTo(new ProposalDecision.Over(closed));
    }

    @Test
    void anExtensionBeyondWhatTheApprovalCoversNeedsApproval() {
        ApprovalRules fourHours =
                new ApprovalRules(GrantDuration.parse("1h"), Duration.ofHours(4), true, BreakGlassRules.NOBODY);
        AccessPolicy policy = policy(1, fourHours);
        Grant open = grant(JOHN, PROD, NOW, NOW.plus(Duration.ofHours(2)));
        EnvironmentState state = new EnvironmentState.Open(open);
        assertThat(policy.decideExtension(Examples.extension(JOHN, PROD, "2h"), state, Usage.NONE, NOW))
                .isInstanceOf(Decision.Proceed.class);
        Decision beyond = policy.decideExtension(Examples.extension(JOHN, PROD, "2h1s"), state, Usage.NONE, NOW);
        assertThat(beyond).isInstanceOf(Decision.Propose.class);
        ProposedChange change = ((Decision.Propose) beyond).change();
        assertThat(change.latestEnd()).isEqualTo(NOW.plus(Duration.ofHours(4)).plusSeconds(1));

        ProposalSnapshot approved = snapshot(change, approves(1, "janeroe"));
        assertThat(decision(policy, approved, state, LATER)).isInstanceOf(ProposalDecision.Merge.class);
        assertThat(decision(policy, snapshot(change, approves(1, "johndoe")), state, LATER))
                .isInstanceOf(ProposalDecision.Wait.class);
        assertThat(decision(
                        policy, approved, new EnvironmentState.Open(open.until(NOW.plus(Duration.ofHours(3)))), LATER))
                .isEqualTo(no(new Refusal.Overtaken(PROD)));
        assertThat(decision(policy, approved, CLOSED, LATER)).isEqualTo(no(new Refusal.NotOpen(PROD)));
    }

    @Test
    void theHolderCannotApproveAnExtensionThatAnotherPersonRequests() {
        Grant janes = grant(JANE, PROD, NOW, NOW.plus(Duration.ofHours(2)));
        EnvironmentState state = new EnvironmentState.Open(janes);
        Decision decision = ONE.decideExtension(Examples.extension(MAX, PROD, "1h"), state, Usage.NONE, NOW);
        ProposedChange change = ((Decision.Propose) decision).change();
        assertThat(decision(ONE, snapshot(change, approves(1, "janeroe"), approves(2, "maxm")), state, LATER))
                .isEqualTo(wait(
                        NONE_OF_ONE,
                        new UnmetRequirement.OwnRequest(JANE, "janeroe"),
                        new UnmetRequirement.OwnRequest(MAX, "maxm")));
        assertThat(ONE.approversOf(PROD, change.beneficiaries())).isEmpty();
    }

    @Test
    void aProposalToExtendLapsesWithTheGrantAtTheLatest() {
        Grant open = grant(JOHN, PROD, NOW.minusSeconds(3600), NOW.plusSeconds(600));
        Decision decision = ONE.decideExtension(
                Examples.extension(JOHN, PROD, "1h"), new EnvironmentState.Open(open), Usage.NONE, NOW);
        assertThat(((Decision.Propose) decision).change().lapsesAt()).isEqualTo(open.expiresAt());
    }
}
