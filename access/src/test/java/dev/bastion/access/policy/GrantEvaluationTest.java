package dev.bastion.access.policy;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.policy.CheckName.APPROVALS;
import static dev.bastion.access.policy.CheckName.DURATION;
import static dev.bastion.access.policy.CheckName.HOLDER;
import static dev.bastion.access.policy.CheckName.LIMITS;
import static dev.bastion.access.policy.CheckName.MAY_REQUEST;
import static dev.bastion.access.policy.CheckName.REASON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An open grant, judged as it stands in the ledger. */
class GrantEvaluationTest {
    private static final ApprovalBasis BY_POLICY = new ApprovalBasis.ByPolicy();
    private static final BreakGlassRules GLASS =
            new BreakGlassRules(Audience.of(Set.of("U1")), GrantDuration.parse("1h"));

    /** Prod needs one approval, dev none; both have 8 hours, 12 in total, and 4 that an approval covers. */
    private static final AccessPolicy POLICY = policy("1h");

    private static AccessPolicy policy(String window) {
        return ApprovalScenario.policy(
                1, new ApprovalRules(GrantDuration.parse(window), Duration.ofHours(4), true, GLASS));
    }

    private static Grant grant(
            Person holder, EnvironmentName environment, Duration total, ApprovalBasis basis, boolean isByHand) {
        return new Grant(
                environment,
                RequestId.derivedFrom("a grant"),
                holder,
                Reason.of("INC-12"),
                NOW,
                NOW.plus(total),
                HEAD,
                Optional.empty(),
                basis,
                isByHand);
    }

    private static Grant prod(ApprovalBasis basis, Duration total) {
        return grant(JOHN, PROD, total, basis, false);
    }

    private static Grant byHand(EnvironmentName environment, Duration total) {
        return grant(JOHN, environment, total, BY_POLICY, true);
    }

    private static Evidence pullRequest(String author, Review... reviews) {
        return new Evidence(
                42,
                Optional.of(author),
                HEAD,
                List.of(reviews),
                Pushers.of(List.of(author)),
                List.of(),
                Instant.MAX,
                Usage.NONE);
    }

    private static List<CheckName> names(Evaluation evaluation) {
        return evaluation.checks().stream().map(Check::name).toList();
    }

    private static Optional<Refusal> refusal(Evaluation evaluation) {
        return evaluation.refusal().map(Decision.Refuse::refusal);
    }

    @Test
    void aGrantOfTheServiceNeedsItsApprovalsAlone() {
        Grant prod = prod(BY_POLICY, Duration.ofHours(99));
        assertThat(names(POLICY.evaluateOpened(prod, false, Evidence.NONE))).containsExactly(APPROVALS);
        Grant dev = grant(MALLORY, DEV, Duration.ofHours(99), BY_POLICY, false);
        assertThat(POLICY.evaluateOpened(dev, false, Evidence.NONE).checks()).isEmpty();
    }

    @Test
    void aGrantMadeByHandIsJudgedAsARequest() {
        Evaluation evaluation = POLICY.evaluateOpened(
                byHand(PROD, Duration.ofHours(2)), false, pullRequest("johndoe", approves(1, "maxm")));
        assertThat(names(evaluation)).containsExactly(MAY_REQUEST, HOLDER, REASON, DURATION, LIMITS, APPROVALS);
        assertThat(evaluation.verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
        assertThat(evaluation.approvals()).containsExactly(approval(MAX, "maxm", 1));
    }

    @Test
    void theAuthorOfThePullRequestIsTheHolder() {
        Grant prod = byHand(PROD, Duration.ofHours(2));
        assertThat(refusal(POLICY.evaluateOpened(prod, false, pullRequest("janeroe"))))
                .contains(new Refusal.NotTheAuthor(PROD, JOHN, "janeroe"));
        Person unknown = new Person("U7", "stranger");
        Grant dev = grant(unknown, DEV, Duration.ofHours(2), BY_POLICY, true);
        assertThat(refusal(POLICY.evaluateOpened(dev, false, pullRequest("stranger"))))
                .contains(new Refusal.NotTheAuthor(DEV, unknown, "stranger"));
    }

    @Test
    void theHolderOfAPushedGrantIsKnownWhereApprovalIsNeeded() {
        AccessPolicy everyone = new AccessPolicy(
                RulesByEnvironment.unnamed(ApprovalScenario.rules(Audience.EVERYONE, 1, "8h", ApprovalRules.USUAL)),
                ApprovalScenario.PEOPLE);
        Person unknown = new Person("U7", "stranger");
        Grant prod = grant(unknown, PROD, Duration.ofHours(2), BY_POLICY, true);
        assertThat(refusal(everyone.evaluateOpened(prod, false, Evidence.NONE)))
                .contains(new Refusal.UnknownHolder(PROD, unknown));
        Evaluation dev =
                POLICY.evaluateOpened(grant(unknown, DEV, Duration.ofHours(2), BY_POLICY, true), false, Evidence.NONE);
        assertThat(names(dev)).containsExactly(MAY_REQUEST, REASON, DURATION, LIMITS);
        assertThat(dev.verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
    }

    /** Where approval is needed, the end that a proposal writes is the latest it can have: the window is added. */
    @ParameterizedTest(name = "{0}, window {1}, extended {2}: for {3} it is {4}")
    @CsvSource({
        "dev,  1h, false, 28800,",
        "dev,  1h, false, 28801, 28801",
        "dev,  1h, true,  43200,",
        "dev,  1h, true,  43201, 43201",
        "prod, 1h, false, 28800,",
        "prod, 1h, false, 28801,",
        "prod, 1h, false, 32400,",
        "prod, 1h, false, 32401, 28801",
        "prod, 1h, true,  46800,",
        "prod, 1h, true,  46801, 43201",
        "prod, 8h, false, 28800,",
    })
    void aGrantMadeByHandIsNoLongerThanARequest(
            EnvironmentName environment, String window, boolean isExtended, long seconds, Long judged) {
        Evaluation evaluation = policy(window)
                .evaluateOpened(byHand(environment, Duration.ofSeconds(seconds)), isExtended, Evidence.NONE);
        GrantDuration longest = GrantDuration.parse(isExtended ? "12h" : "8h");
        assertThat(refusal(evaluation))
                .isEqualTo(Optional.ofNullable(judged)
                        .map(length -> new Refusal.TooLong(environment, Duration.ofSeconds(length), longest)));
    }

    @ParameterizedTest(name = "{0} for {1} s: {2}")
    @CsvSource({
        "policy,      14400, false",
        "policy,      14401, true",
        "unconfirmed, 14400, false",
        "unconfirmed, 14401, true",
        "approved 1h, 14400, false",
        "approved 1h, 14401, true",
        "approved 6h, 21600, false",
        "approved 6h, 21601, true",
        "glass,       3600,  false",
        "glass,       3601,  true",
    })
    void anEndBeyondWhatIsCoveredNeedsAnApprovalOfItsOwn(String basis, long seconds, boolean needed) {
        ApprovalBasis approval = switch (basis) {
            case "policy" -> BY_POLICY;
            case "unconfirmed" -> new ApprovalBasis.Unconfirmed(Optional.of(GrantDuration.parse("9h")));
            case "glass" -> new ApprovalBasis.BreakGlass(Optional.of(JANE));
            default ->
                new ApprovalBasis.Approved(List.of(), GrantDuration.parse(basis.substring("approved ".length())), NOW);
        };
        assertThat(POLICY.needsApprovalOfItsEnd(prod(approval, Duration.ofSeconds(seconds))))
                .isEqualTo(needed);
    }

    @Test
    void anEndNeedsNoApprovalWhereTheEnvironmentNeedsNone() {
        Grant longer = grant(JOHN, DEV, Duration.ofHours(5), BY_POLICY, false);
        assertThat(POLICY.needsApprovalOfItsEnd(longer)).isFalse();
    }

    @Test
    void anEndThatWasMovedByHandIsJudgedAsAnExtension() {
        Grant covered = prod(BY_POLICY, Duration.ofHours(4));
        assertThat(names(POLICY.evaluateExtendedByHand(covered, Evidence.NONE))).containsExactly(MAY_REQUEST, DURATION);
        Grant beyond = prod(BY_POLICY, Duration.ofHours(5));
        Evaluation approved = POLICY.evaluateExtendedByHand(beyond, pullRequest("johndoe", approves(1, "maxm")));
        assertThat(names(approved)).containsExactly(MAY_REQUEST, DURATION, APPROVALS);
        assertThat(approved.approvals()).containsExactly(approval(MAX, "maxm", 1));
        assertThat(POLICY.evaluateExtendedByHand(beyond, Evidence.NONE).verdict())
                .isEqualTo(Evaluation.Verdict.NEEDS);
    }

    @Test
    void anEndThatWasMovedByHandIsWithinTheTotal() {
        Grant longest = prod(BY_POLICY, Duration.ofHours(12));
        assertThat(refusal(POLICY.evaluateExtendedByHand(longest, Evidence.NONE)))
                .isEmpty();
        Grant longer = prod(BY_POLICY, Duration.ofHours(12).plusSeconds(1));
        assertThat(refusal(POLICY.evaluateExtendedByHand(longer, Evidence.NONE)))
                .contains(new Refusal.TotalReached(longer, GrantDuration.parse("12h"), NOW.plus(Duration.ofHours(12))));
        Grant others = grant(MALLORY, PROD, Duration.ofHours(1), BY_POLICY, false);
        assertThat(refusal(POLICY.evaluateExtendedByHand(others, Evidence.NONE)))
                .contains(new Refusal.NotAllowed(PROD, MALLORY));
    }

    @Test
    void breakGlassAwaitsTheApprovalOfAnApproverWhoIsNotTheHolder() {
        for (Optional<Person> by : List.of(Optional.<Person>empty(), Optional.of(JOHN), Optional.of(MALLORY))) {
            Grant grant = prod(new ApprovalBasis.BreakGlass(by), Duration.ofHours(1));
            assertThat(POLICY.awaitsApproval(grant)).as("approved by %s", by).isTrue();
            assertThat(POLICY.withValidApproval(grant).approvalBasis())
                    .isEqualTo(new ApprovalBasis.BreakGlass(Optional.empty()));
        }
        Grant approved = prod(new ApprovalBasis.BreakGlass(Optional.of(JANE)), Duration.ofHours(1));
        assertThat(POLICY.awaitsApproval(approved)).isFalse();
        assertThat(POLICY.withValidApproval(approved)).isEqualTo(approved);
        Grant own = grant(JANE, PROD, Duration.ofHours(1), new ApprovalBasis.BreakGlass(Optional.of(JANE)), false);
        assertThat(POLICY.awaitsApproval(own)).isTrue();
    }

    @Test
    void anotherBasisAwaitsNothing() {
        Grant plain = prod(BY_POLICY, Duration.ofHours(1));
        assertThat(POLICY.awaitsApproval(plain)).isFalse();
        assertThat(POLICY.withValidApproval(plain)).isEqualTo(plain);
        Grant dev = grant(JOHN, DEV, Duration.ofHours(1), new ApprovalBasis.BreakGlass(Optional.empty()), false);
        assertThat(POLICY.awaitsApproval(dev)).as("dev needs no approval").isFalse();
    }

    @Test
    void theApproversAreNamedWithoutTheOnesWhoMayNot() {
        assertThat(POLICY.approversOf(PROD, List.of())).containsExactly(JANE, MAX);
        assertThat(POLICY.approversOf(PROD, List.of(JANE))).containsExactly(MAX);
    }
}
