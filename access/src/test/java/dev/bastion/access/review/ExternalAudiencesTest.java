package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.LAPSES;
import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.opening;
import static dev.bastion.access.ApprovalScenario.snapshot;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.SlackApprovals;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Attempt;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.AudienceAnswer;
import dev.bastion.access.rules.AudienceAnswers;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.ExternalMembers;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decisions where the policy names audiences of other systems. */
class ExternalAudiencesTest {
    private static final ExternalAudience TEAM = ExternalAudience.parse("github-team:acme/dev");
    private static final ExternalAudience GROUP = ExternalAudience.parse("slack-group:S0123ABC");
    private static final ExternalAudience ON_CALL = ExternalAudience.parse("oncall:PABC123");
    private static final PeopleDirectory PEOPLE = ApprovalScenario.PEOPLE.onCallAs(Map.of("PJANE", JANE, "PMAX", MAX));
    private static final Membership JOHN_IN_TEAM = new Membership(TEAM, "johndoe", NOW);
    private static final Membership JANE_ON_CALL = new Membership(ON_CALL, "PJANE", NOW);
    private static final EnvironmentState CLOSED = new EnvironmentState.Closed(PROD);

    private final Map<ExternalAudience, AudienceAnswer> answers = new HashMap<>();

    private static Audience external(ExternalAudience audience, String... ids) {
        return new Audience(false, Set.of(ids), List.of(ExternalMembers.unknown(audience)));
    }

    /** The team requests, the group breaks glass, and who is on call approves. */
    private AccessPolicy policy(int approvals) {
        return policy(approvals, GROUP);
    }

    private AccessPolicy policy(int approvals, ExternalAudience breaksGlass) {
        ApprovalRules usual = ApprovalRules.USUAL;
        EnvironmentRules usualRules = ApprovalScenario.rules(external(TEAM), approvals, "8h", usual);
        EnvironmentRules rules = new EnvironmentRules(
                usualRules.mayRequest(),
                usualRules.defaultDuration(),
                usualRules.longestDuration(),
                usualRules.longestTotal(),
                usualRules.extensionStep(),
                usualRules.warningBeforeEnd(),
                usualRules.reasons(),
                approvals,
                external(ON_CALL, "U9"),
                new ApprovalRules(
                        usual.window(),
                        usual.covers(),
                        false,
                        new BreakGlassRules(external(breaksGlass), GrantDuration.parse("1h")),
                        usual.unapproved(),
                        usual.latestStart(),
                        true,
                        usual.reminders()));
        return new AccessPolicy(RulesByEnvironment.of(rules, Map.of(PROD, rules)), PEOPLE)
                .answered(new AudienceAnswers(answers));
    }

    private void answer(ExternalAudience audience, String... accounts) {
        answers.put(audience, new AudienceAnswer.Members(NOW, Set.of(accounts)));
    }

    private Decision decide(AccessRequest request, int approvals) {
        return RequestDecision.of(policy(approvals), request, CLOSED, Usage.NONE, NOW);
    }

    private static AccessRequest breakGlass() {
        return new AccessRequest(
                request(JOHN, PROD, "", "").id(), JOHN, PROD, Optional.empty(), Reason.of("INC-12"), true, NOW);
    }

    private static Refusal refusal(Decision decision) {
        return ((Decision.Refuse) decision).refusal();
    }

    private static Refusal unknown(ExternalAudience audience) {
        return new Refusal.AudienceUnknown(PROD, audience, Optional.empty());
    }

    @Test
    void aMemberOpensAndTheEntryRecordsBywhich() {
        answer(TEAM, "johndoe");
        Decision decision = decide(request(JOHN, PROD, "1h", "INC-12"), 0);
        assertThat(memberships(decision)).containsExactly(JOHN_IN_TEAM);
        answer(TEAM, "janeroe");
        assertThat(refusal(decide(request(JOHN, PROD, "1h", "INC-12"), 0)))
                .isEqualTo(new Refusal.NotAllowed(PROD, JOHN));
    }

    @Test
    void anOpeningWithoutBreakGlassDoesNotRecordWhoBreaksGlass() {
        answer(TEAM, "johndoe");
        answer(GROUP, "U1");
        assertThat(memberships(decide(request(JOHN, PROD, "1h", "INC-12"), 0))).containsExactly(JOHN_IN_TEAM);
    }

    @Test
    void oneAudienceThatRequestsAndBreaksGlassIsRecordedOnce() {
        answer(TEAM, "johndoe");
        Decision decision = RequestDecision.of(policy(1, TEAM), breakGlass(), CLOSED, Usage.NONE, NOW);
        assertThat(memberships(decision)).containsExactly(JOHN_IN_TEAM);
    }

    private static List<Membership> memberships(Decision decision) {
        return ((LedgerChange.Open) ((Decision.Proceed) decision).change()).memberships();
    }

    @Test
    void aRequestThatOnlyAnUnknownAudienceWouldAllowIsRefused() {
        assertThat(refusal(decide(request(JOHN, PROD, "1h", "INC-12"), 0))).isEqualTo(unknown(TEAM));
        assertThat(refusal(decide(request(JOHN, PROD, "1h", "INC-12"), 1))).isEqualTo(unknown(TEAM));
    }

    @Test
    void breakGlassNeedsBothAnswersAndRecordsBoth() {
        answer(TEAM, "johndoe");
        assertThat(refusal(decide(breakGlass(), 1))).isEqualTo(unknown(GROUP));
        answer(GROUP, "U1");
        assertThat(memberships(decide(breakGlass(), 1)))
                .containsExactly(JOHN_IN_TEAM, new Membership(GROUP, "U1", NOW));
        answer(GROUP, "U2");
        assertThat(refusal(decide(breakGlass(), 1))).isEqualTo(new Refusal.BreakGlassNotAllowed(PROD, JOHN));
        answers.remove(GROUP);
        assertThat(refusal(decide(breakGlass(), 0))).isEqualTo(new Refusal.BreakGlassNotNeeded(PROD));
    }

    private ProposalDecision review(ProposalSnapshot seen, Instant now) {
        return new ProposalEvaluator(policy(1), seen, CLOSED, now).decide();
    }

    @Test
    void whoIsOnCallApprovesAndWhoWasDoesNot() {
        answer(TEAM, "johndoe");
        answer(ON_CALL, "PJANE");
        ProposalSnapshot byJane = snapshot(opening(), approves(1, "janeroe"));
        assertThat(review(byJane, NOW))
                .isEqualTo(new ProposalDecision.Merge(
                        List.of(approval(JANE, "janeroe", 1).by(List.of(JANE_ON_CALL)))));
        answer(ON_CALL, "PMAX");
        assertThat(review(byJane, NOW))
                .isEqualTo(new ProposalDecision.Wait(List.of(
                        new UnmetRequirement.Approvals(0, 1), new UnmetRequirement.NotAnApprover(JANE, "janeroe"))));
    }

    /** An outage must neither merge a request nor close it; it lapses as any other. */
    @Test
    void aProposalWaitsForAnAnswer() {
        ProposalSnapshot byJane = snapshot(opening(), approves(1, "janeroe"));
        assertThat(review(byJane, NOW))
                .isEqualTo(new ProposalDecision.Wait(List.of(
                        new UnmetRequirement.AudienceUnknown(TEAM),
                        new UnmetRequirement.Approvals(0, 1),
                        new UnmetRequirement.AudienceUnknown(ON_CALL))));
        assertThat(review(byJane, LAPSES)).isEqualTo(new ProposalDecision.Lapse());
        answer(TEAM, "johndoe");
        ProposalSnapshot byMallory = snapshot(opening(), approves(1, "mallory"));
        assertThat(review(byMallory, NOW)).as("named by id").isInstanceOf(ProposalDecision.Merge.class);
    }

    @Test
    void anApprovalInSlackWaitsForAnAnswerToo() {
        answer(TEAM, "johndoe");
        Observation.Approved approval = new Observation.Approved(
                new Observation.Subject(PROD, opening().id(), JOHN),
                NOW,
                JANE,
                HEAD,
                new Observation.PullRequest(Optional.empty(), Optional.empty()));
        Evidence evidence = new ProposalEvaluator(policy(1), snapshot(opening()), CLOSED, NOW).evidence();
        assertThat(problem(evidence, approval)).contains(SlackApprovalProblem.AUDIENCE_UNKNOWN);
        assertThat(policy(1)
                        .evaluate(Attempt.of(opening()), CLOSED, evidence.inSlack(List.of(approval)), NOW)
                        .unmet())
                .contains(new UnmetRequirement.AudienceUnknown(ON_CALL));
        answer(ON_CALL, "PMAX");
        assertThat(problem(evidence, approval)).contains(SlackApprovalProblem.NOT_AN_APPROVER);
        answer(ON_CALL, "PJANE");
        assertThat(problem(evidence, approval)).isEmpty();
    }

    private Optional<SlackApprovalProblem> problem(Evidence evidence, Observation.Approved approval) {
        return new SlackApprovals(
                        evidence, List.of(JOHN), policy(1).rulesOf(PROD).approvers(), PEOPLE)
                .problem(approval);
    }

    private static Grant used(Optional<Person> by, Membership... memberships) {
        return grant(JOHN, PROD, NOW, NOW.plusSeconds(3600))
                .with(new ApprovalBasis.BreakGlass(by, List.of(memberships)));
    }

    @Test
    void aRetroactiveApprovalOutlivesItsShift() {
        answer(ON_CALL, "PJANE");
        Decision decision = policy(1).decideRetroactiveApproval(JANE, used(Optional.empty()), NOW);
        assertThat(decision)
                .isEqualTo(new Decision.Proceed(
                        new LedgerChange.Approve(used(Optional.empty()), JANE, NOW, List.of(JANE_ON_CALL))));
        answer(ON_CALL, "PMAX");
        assertThat(policy(1).awaitsApproval(used(Optional.of(JANE), JANE_ON_CALL)))
                .isFalse();
        assertThat(policy(1).withValidApproval(used(Optional.of(JANE), JANE_ON_CALL)))
                .isEqualTo(used(Optional.of(JANE), JANE_ON_CALL));
        assertThat(policy(1).awaitsApproval(used(Optional.of(JANE))))
                .as("without a record")
                .isTrue();
        answers.clear();
        assertThat(policy(1).awaitsApproval(used(Optional.of(JANE), JANE_ON_CALL)))
                .isFalse();
        assertThat(refusal(policy(1).decideRetroactiveApproval(JANE, used(Optional.empty()), NOW)))
                .isEqualTo(unknown(ON_CALL));
    }

    @Test
    void anEndByAnApproverWaitsForTheAnswerAndByTheHolderDoesNot() {
        EnvironmentState open = new EnvironmentState.Open(used(Optional.empty()));
        assertThat(refusal(policy(1).decideEnd(new End.EndedBy(JANE), open, NOW)))
                .isEqualTo(unknown(ON_CALL));
        assertThat(policy(1).decideEnd(new End.EndedBy(JOHN), open, NOW)).isInstanceOf(Decision.Proceed.class);
        answer(ON_CALL, "PMAX");
        assertThat(refusal(policy(1).decideEnd(new End.EndedBy(JANE), open, NOW)))
                .isEqualTo(new Refusal.NotYours(used(Optional.empty())));
    }

    /** Where an environment leads is judged from the repository alone, days later. */
    @Test
    void whoIsOnCallApprovesNoConfiguration() {
        answer(ON_CALL, "PJANE");
        ManualPullRequest pullRequest = new ManualPullRequest(
                42,
                Optional.of("johndoe"),
                HEAD,
                List.of(approves(1, "janeroe")),
                Pushers.of(List.of("johndoe")),
                new FileChanges(
                        List.of(), List.of(new ConfigurationChange(PROD, List.of(), true)), List.of(), List.of()));
        assertThat(PullRequestEvaluation.ofFiles(pullRequest, policy(1)).verdict())
                .isEqualTo(Evaluation.Verdict.NEEDS);
    }

    @Test
    void theQuestionsOfOneMomentDoNotChangeTheRules() {
        assertThat(policy(1).rulesOf(PROD).window()).isEqualTo(Duration.ofHours(1));
        assertThat(policy(1).environments().externalAudiences()).containsExactly(TEAM, ON_CALL, GROUP);
    }
}
