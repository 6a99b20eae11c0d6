package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.LAPSES;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.policy;
import static dev.bastion.access.ApprovalScenario.snapshot;
import static dev.bastion.access.ApprovalScenario.with;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalSnapshot.Mergeability;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request for later: before its time, at its time, and after it. */
class LaterStartTest {
    private static final Instant START = NOW.plus(Duration.ofHours(14));
    private static final EnvironmentState CLOSED = new EnvironmentState.Closed(PROD);
    private static final Grant JANES = grant(JANE, PROD, START.minusSeconds(600), START.plusSeconds(1800));
    private static final EnvironmentState TAKEN = new EnvironmentState.Open(JANES);
    private static final AccessPolicy ONE = policy(1, ApprovalRules.USUAL);
    private static final AccessPolicy NONE = policy(0, ApprovalRules.USUAL);
    private static final UnmetRequirement ITS_START = new UnmetRequirement.Start(START);

    private static AccessRequest request(String duration, Instant start, boolean breakGlass) {
        return new AccessRequest(
                RequestId.derivedFrom("later"),
                JOHN,
                PROD,
                Optional.of(GrantDuration.parse(duration)),
                Reason.of("INC-12"),
                breakGlass,
                Optional.of(start),
                NOW,
                Optional.empty());
    }

    private static ProposedChange.Opening later() {
        return new ProposedChange.Opening(request("2h", START, false), GrantDuration.parse("2h"), NOW, LAPSES);
    }

    private static ProposalSnapshot approved() {
        return snapshot(later(), approves(60, "janeroe"));
    }

    private static ProposalDecision decision(
            AccessPolicy policy, ProposalSnapshot seen, EnvironmentState state, Instant now) {
        return new ProposalEvaluator(policy, seen, state, now).decide();
    }

    private static ProposalDecision wait(UnmetRequirement... reasons) {
        return new ProposalDecision.Wait(List.of(reasons));
    }

    private static ProposalDecision no(Refusal why) {
        return new ProposalDecision.Refuse(why);
    }

    @Test
    void theEndThatIsProposedIsTheDurationAndOneHourAfterTheStart() {
        assertThat(later().startsAt()).isEqualTo(START);
        assertThat(later().latestEnd()).isEqualTo(START.plus(Duration.ofHours(3)));
        assertThat(later().lapsesAt()).isEqualTo(LAPSES);
    }

    @Test
    void anApprovalHoldsUntilTheStartAndNoSecondLess() {
        for (Instant now : List.of(NOW.plusSeconds(60), LAPSES, LAPSES.plusSeconds(7200), START.minusMillis(1))) {
            assertThat(decision(ONE, approved(), CLOSED, now))
                    .as(now.toString())
                    .isEqualTo(wait(ITS_START));
        }
        assertThat(decision(ONE, approved(), CLOSED, START)).isInstanceOf(ProposalDecision.Merge.class);
        assertThat(decision(ONE, approved(), CLOSED, START.plusSeconds(3599)))
                .isInstanceOf(ProposalDecision.Merge.class);
        assertThat(decision(ONE, approved(), CLOSED, later().latestEnd())).isEqualTo(new ProposalDecision.Lapse());
    }

    @Test
    void withoutApprovalItLapsesAtTheEndOfTheWindow() {
        UnmetRequirement none = new UnmetRequirement.Approvals(0, 1);
        assertThat(decision(ONE, snapshot(later()), CLOSED, LAPSES.minusSeconds(1)))
                .isEqualTo(wait(none, ITS_START));
        assertThat(decision(ONE, snapshot(later()), CLOSED, LAPSES)).isEqualTo(new ProposalDecision.Lapse());
        assertThat(decision(ONE, snapshot(later(), approves(3600, "janeroe")), CLOSED, START))
                .isEqualTo(new ProposalDecision.Lapse());
    }

    @Test
    void whereNoApprovalIsNeededItWaitsForItsTimeAlone() {
        assertThat(decision(NONE, snapshot(later()), CLOSED, LAPSES.plusSeconds(1)))
                .isEqualTo(wait(ITS_START));
        assertThat(decision(NONE, snapshot(later()), CLOSED, START)).isEqualTo(new ProposalDecision.Merge(List.of()));
    }

    /** Others use the environment meanwhile, and GitHub then says that the files conflict. */
    @Test
    void whatHappensInTheEnvironmentBeforeItsTimeDoesNotMatter() {
        ProposalSnapshot conflicting = with(approved(), new Mergeability.Conflicting());
        assertThat(decision(ONE, conflicting, TAKEN, START.minusSeconds(1)))
                .isEqualTo(wait(ITS_START, new UnmetRequirement.Forge(true)));
        EnvironmentState unclear = new EnvironmentState.Unclear(PROD, "a typo");
        assertThat(decision(ONE, approved(), unclear, START.minusSeconds(1))).isEqualTo(wait(ITS_START));
        assertThat(decision(ONE, approved(), unclear, START)).isEqualTo(no(new Refusal.Unreadable(PROD, "a typo")));
    }

    @Test
    void aTakenEnvironmentIsWaitedForForAnHour() {
        ProposalSnapshot conflicting = with(approved(), new Mergeability.Conflicting());
        UnmetRequirement taken = new UnmetRequirement.Taken(JANES);
        for (Instant now : List.of(START, START.plusSeconds(3599))) {
            assertThat(decision(ONE, approved(), TAKEN, now)).isEqualTo(wait(taken));
            assertThat(decision(ONE, conflicting, TAKEN, now)).isEqualTo(wait(taken, new UnmetRequirement.Forge(true)));
        }
        assertThat(decision(ONE, conflicting, CLOSED, START.plusSeconds(3599)))
                .as("GitHub sees the end late")
                .isEqualTo(wait(new UnmetRequirement.Forge(true)));
        Instant tooLate = START.plusSeconds(3600);
        assertThat(decision(ONE, approved(), TAKEN, tooLate)).isEqualTo(no(new Refusal.AlreadyOpen(JANES)));
        assertThat(decision(ONE, conflicting, CLOSED, tooLate)).isEqualTo(no(new Refusal.Overtaken(PROD)));
    }

    @Test
    void aMergeThatGithubRefusesCanBePutRightForAnHour() {
        ProposalSnapshot refused = with(approved(), new Mergeability.Refused("no", "allow it"));
        assertThat(decision(ONE, refused, CLOSED, START.plusSeconds(3599)))
                .isEqualTo(wait(new UnmetRequirement.MergeRefused("no", "allow it")));
        assertThat(decision(ONE, refused, CLOSED, START.plusSeconds(3600))).isEqualTo(new ProposalDecision.Lapse());
        assertThat(decision(ONE, with(approved(), new PlanStatus.Missing()), CLOSED, LAPSES))
                .isEqualTo(new ProposalDecision.Lapse());
    }

    @Test
    void thePolicyOfItsTimeDecides() {
        assertThat(decision(policy(2, ApprovalRules.USUAL), approved(), CLOSED, START))
                .as("another approval is needed now, and its window is over")
                .isEqualTo(new ProposalDecision.Lapse());
        ApprovalRules usual = ApprovalRules.USUAL;
        ApprovalRules sooner = new ApprovalRules(
                usual.window(),
                usual.covers(),
                usual.planRequired(),
                usual.breakGlass(),
                usual.unapproved(),
                Duration.ofHours(13),
                usual.inSlack(),
                usual.reminders());
        assertThat(decision(policy(1, sooner), approved(), CLOSED, START))
                .isEqualTo(no(new Refusal.StartTooLate(PROD, START, Duration.ofHours(13))));
    }

    /** Else a person who may merge could open it before its time. */
    @Test
    void theCheckOfThePullRequestPassesAtItsTimeAndNotBefore() {
        assertThat(new ProposalEvaluator(ONE, approved().rulesAlone(), CLOSED, START.minusSeconds(1))
                        .evaluate()
                        .verdict())
                .isEqualTo(Evaluation.Verdict.NEEDS);
        Evaluation due = new ProposalEvaluator(ONE, approved().rulesAlone(), CLOSED, START).evaluate();
        assertThat(due.verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
        assertThat(due.checks()).contains(Check.passed(CheckName.START));
        assertThat(ProposalEvaluator.ofReviews(ONE, approved().rulesAlone()).verdict())
                .isEqualTo(Evaluation.Verdict.ALLOWED);
    }

    private static Decision asked(AccessPolicy policy, AccessRequest request) {
        return RequestDecision.of(policy, request, CLOSED, Usage.NONE, NOW);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void aRequestForLaterIsAProposalWhateverItNeeds(int approvals) {
        assertThat(asked(policy(approvals, ApprovalRules.USUAL), request("2h", START, false)))
                .isEqualTo(new Decision.Propose(later(), approvals));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,     2h,  StartPassed",
        "PT-1H,    2h,  StartPassed",
        "PT1S,     2h,  ''",
        "PT720H,   2h,  ''",
        "PT720H1S, 2h,  StartTooLate",
        "PT87600H, 2h,  StartTooLate",
        "PT1H,     8h,  ''",
        "PT1H,     9h,  TooLong",
    })
    void aStartIsInTheNextThirtyDays(Duration ahead, String duration, String refusal) {
        Decision decision = asked(ONE, request(duration, NOW.plus(ahead), false));
        assertThat(
                        decision instanceof Decision.Refuse(var _, var why)
                                ? why.getClass().getSimpleName()
                                : "")
                .isEqualTo(refusal);
    }

    @Test
    void breakGlassIsForNow() {
        AccessPolicy policy = policy(
                1,
                new ApprovalRules(
                        GrantDuration.parse("1h"),
                        Duration.ZERO,
                        true,
                        new BreakGlassRules(Audience.EVERYONE, GrantDuration.parse("1h"))));
        assertThat(asked(policy, request("1h", START, true)))
                .isEqualTo(new Decision.Refuse(CheckName.BREAK_GLASS, new Refusal.BreakGlassLater(PROD)));
    }
}
