package dev.bastion.access.policy;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Opening at once what others should have approved first. */
class BreakGlassRulesTest {
    private static final BreakGlassRules GLASS =
            new BreakGlassRules(Audience.of(Set.of("U1")), GrantDuration.parse("30m"));
    private static final AccessPolicy POLICY =
            ApprovalScenario.policy(1, new ApprovalRules(GrantDuration.parse("1h"), Duration.ofHours(4), true, GLASS));
    private static final EnvironmentState CLOSED = new EnvironmentState.Closed(PROD);
    private static final Grant BREAK_GLASS =
            grant(JOHN, PROD, NOW, NOW.plusSeconds(1200)).with(new ApprovalBasis.BreakGlass(Optional.empty()));

    private static AccessRequest request(Person person, EnvironmentName environment, String duration, String reason) {
        AccessRequest plain = Examples.request(person, environment, duration, reason);
        return new AccessRequest(
                plain.id(), person, environment, plain.duration(), plain.reason(), true, plain.askedAt());
    }

    @Test
    void breakGlassOpensAtOnceAndForAShorterTime() {
        AccessRequest request = request(JOHN, PROD, "", "INC-12");
        assertThat(POLICY.decide(request, CLOSED, Usage.NONE, NOW))
                .isEqualTo(new Decision.Proceed(
                        new LedgerChange.Open(request, NOW, NOW.plus(Duration.ofMinutes(30)), Optional.empty())));
    }

    @Test
    void breakGlassIsRefusedToOthersForLongerWithoutAReasonAndWhereNotNeeded() {
        assertThat(POLICY.decide(request(JANE, PROD, "", "x"), CLOSED, Usage.NONE, NOW))
                .isEqualTo(refuse(CheckName.BREAK_GLASS, new Refusal.BreakGlassNotAllowed(PROD, JANE)));
        assertThat(POLICY.decide(request(JOHN, PROD, "31m", "x"), CLOSED, Usage.NONE, NOW))
                .isEqualTo(refuse(
                        CheckName.DURATION,
                        new Refusal.TooLong(PROD, Duration.ofMinutes(31), GrantDuration.parse("30m"))));
        assertThat(POLICY.decide(request(JOHN, PROD, "", ""), CLOSED, Usage.NONE, NOW))
                .isEqualTo(refuse(CheckName.REASON, new Refusal.ReasonRequired(PROD)));
        assertThat(POLICY.decide(request(JOHN, DEV, "", "x"), new EnvironmentState.Closed(DEV), Usage.NONE, NOW))
                .isEqualTo(refuse(CheckName.BREAK_GLASS, new Refusal.BreakGlassNotNeeded(DEV)));
        assertThat(POLICY.decide(request(JOHN, PROD, "", "x"), new EnvironmentState.Open(BREAK_GLASS), Usage.NONE, NOW))
                .isEqualTo(refuse(CheckName.ENVIRONMENT, new Refusal.AlreadyOpen(BREAK_GLASS)));
    }

    @Test
    void aReasonIsRequiredAlsoWhereAnOrdinaryRequestNeedsNone() {
        EnvironmentRules plain = Examples.rules(Audience.EVERYONE, false, 1);
        EnvironmentRules rules = new EnvironmentRules(
                plain.mayRequest(),
                plain.defaultDuration(),
                plain.longestDuration(),
                plain.longestTotal(),
                plain.extensionStep(),
                plain.warningBeforeEnd(),
                plain.reasons(),
                plain.approvals(),
                plain.approvers(),
                new ApprovalRules(GrantDuration.parse("1h"), Duration.ZERO, true, GLASS));
        AccessPolicy policy = new AccessPolicy(RulesByEnvironment.unnamed(rules), ApprovalScenario.PEOPLE);
        assertThat(policy.decide(request(JOHN, PROD, "", ""), CLOSED, Usage.NONE, NOW))
                .isEqualTo(refuse(CheckName.REASON, new Refusal.ReasonRequired(PROD)));
        assertThat(policy.decide(Examples.request(JOHN, PROD, "", ""), CLOSED, Usage.NONE, NOW))
                .isInstanceOf(Decision.Propose.class);
    }

    @Test
    void unapprovedBreakGlassIsExtendedOnlyWithinItsLongestDuration() {
        EnvironmentState open = new EnvironmentState.Open(BREAK_GLASS);
        assertThat(POLICY.decideExtension(Examples.extension(JOHN, PROD, "10m"), open, Usage.NONE, NOW))
                .isInstanceOf(Decision.Proceed.class);
        assertThat(POLICY.decideExtension(Examples.extension(JOHN, PROD, "11m"), open, Usage.NONE, NOW))
                .isInstanceOf(Decision.Propose.class);
    }

    /** The approval is read from a message that others can write, too. */
    @Test
    void aRetroactiveApprovalCoversNoExtension() {
        EnvironmentState approved =
                new EnvironmentState.Open(BREAK_GLASS.with(new ApprovalBasis.BreakGlass(Optional.of(JANE))));
        assertThat(POLICY.decideExtension(Examples.extension(JOHN, PROD, "10m"), approved, Usage.NONE, NOW))
                .isInstanceOf(Decision.Proceed.class);
        assertThat(POLICY.decideExtension(Examples.extension(JOHN, PROD, "3h"), approved, Usage.NONE, NOW))
                .isInstanceOf(Decision.Propose.class);
    }

    @Test
    void anApproverApprovesAfterwardsOnceAndNeverTheirOwn() {
        assertThat(POLICY.decideRetroactiveApproval(JANE, BREAK_GLASS, NOW))
                .isEqualTo(new Decision.Proceed(new LedgerChange.Approve(BREAK_GLASS, JANE, NOW)));
        assertThat(POLICY.decideRetroactiveApproval(JOHN, BREAK_GLASS, NOW))
                .isEqualTo(refuse(CheckName.APPROVALS, new Refusal.MayNotApprove(BREAK_GLASS)));
        assertThat(POLICY.decideRetroactiveApproval(Examples.MALLORY, BREAK_GLASS, NOW))
                .isEqualTo(refuse(CheckName.APPROVALS, new Refusal.MayNotApprove(BREAK_GLASS)));
        Grant approved = BREAK_GLASS.with(new ApprovalBasis.BreakGlass(Optional.of(JANE)));
        assertThat(POLICY.decideRetroactiveApproval(JANE, approved, NOW))
                .isEqualTo(refuse(CheckName.BREAK_GLASS, new Refusal.NothingToApprove(approved)));
        Grant ordinary = grant(JOHN, PROD, NOW, NOW.plusSeconds(60));
        assertThat(POLICY.decideRetroactiveApproval(JANE, ordinary, NOW))
                .isEqualTo(refuse(CheckName.BREAK_GLASS, new Refusal.NothingToApprove(ordinary)));
    }

    private static Grant approvedBy(Person person) {
        return BREAK_GLASS.with(new ApprovalBasis.BreakGlass(Optional.of(person)));
    }

    /** An approver who leaves the company, or is made one's own, makes no earlier approval void for ever. */
    @Test
    void anApprovalOutlivesItsApproverAndOneThatDoesNotCountCanBeGivenAgain() {
        Person left = new Person("U99", "has.left");
        assertThat(POLICY.awaitsApproval(approvedBy(left))).isFalse();
        assertThat(POLICY.awaitsApproval(approvedBy(JOHN))).isTrue();
        assertThat(POLICY.awaitsApproval(approvedBy(Examples.MALLORY)))
                .as("no approver")
                .isTrue();
        for (Person earlier : List.of(JOHN, Examples.MALLORY)) {
            Grant grant = approvedBy(earlier);
            assertThat(POLICY.decideRetroactiveApproval(JANE, grant, NOW))
                    .isEqualTo(new Decision.Proceed(new LedgerChange.Approve(grant, JANE, NOW)));
        }
    }

    @Test
    void nobodyApprovesTheirOwnAccessAlsoWhenTheyHaveLeft() {
        Person left = new Person("U99", "has.left");
        Grant own = grant(left, PROD, NOW, NOW.plusSeconds(1200)).with(new ApprovalBasis.BreakGlass(Optional.of(left)));
        assertThat(POLICY.awaitsApproval(own)).isTrue();
    }

    private static Decision refuse(CheckName check, Refusal why) {
        return new Decision.Refuse(check, why);
    }
}
