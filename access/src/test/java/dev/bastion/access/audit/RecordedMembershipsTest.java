package dev.bastion.access.audit;

import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.ExternalMembers;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An auditor asks no other system: what a signed entry recorded counts, and what none did cannot be told. */
class RecordedMembershipsTest {
    private static final ExternalAudience TEAM = ExternalAudience.parse("github-team:acme/dev");
    private static final ExternalAudience ON_CALL = ExternalAudience.parse("oncall:PABC123");
    private static final Membership JANE_ON_CALL = new Membership(ON_CALL, "PJANE", NOW);
    private static final Membership JOHN_IN_TEAM = new Membership(TEAM, "johndoe", NOW);
    private static final Duration HOUR = Duration.ofHours(1);

    private static AccessPolicy policy(Map<String, Person> onCall, boolean inSlack) {
        ApprovalRules usual = ApprovalRules.USUAL;
        EnvironmentRules rules = ApprovalScenario.rules(
                external(TEAM),
                1,
                "8h",
                new ApprovalRules(
                        usual.window(),
                        usual.covers(),
                        true,
                        new BreakGlassRules(external(TEAM), GrantDuration.parse("1h")),
                        usual.unapproved(),
                        usual.latestStart(),
                        inSlack,
                        usual.reminders()));
        EnvironmentRules prod = new EnvironmentRules(
                rules.mayRequest(),
                rules.defaultDuration(),
                rules.longestDuration(),
                rules.longestTotal(),
                rules.extensionStep(),
                rules.warningBeforeEnd(),
                rules.reasons(),
                1,
                external(ON_CALL),
                rules.proposals());
        PeopleDirectory people = ApprovalScenario.PEOPLE.onCallAs(onCall);
        return new AccessPolicy(RulesByEnvironment.of(prod, Map.of(PROD, prod)), people);
    }

    private static AccessPolicy policy() {
        return policy(Map.of("PJANE", JANE), true);
    }

    private static Audience external(ExternalAudience audience) {
        return new Audience(false, Set.of(), List.of(ExternalMembers.unknown(audience)));
    }

    private static Grant approved(Approval approval) {
        return grant(JOHN, PROD, NOW, NOW.plus(HOUR))
                .with(new ApprovalBasis.Approved(
                        List.of(approval), GrantDuration.parse("1h"), NOW, Optional.of(commit(7))));
    }

    private static List<String> unmet(Grant grant, AccessPolicy policy, Membership... ofHolder) {
        return GrantCompliance.unmet(grant, HOUR, policy, List.of(), List.of(ofHolder))
                .all();
    }

    private static Approval review(Membership... memberships) {
        return new Approval(JANE, "janeroe", 42, 1, NOW).by(List.of(memberships));
    }

    @Test
    void aRecordedApproverIsOne() {
        assertThat(unmet(approved(review(JANE_ON_CALL)), policy())).isEmpty();
        assertThat(unmet(approved(Approval.inSlack(JANE, 42, NOW).by(List.of(JANE_ON_CALL))), policy()))
                .isEmpty();
    }

    @Test
    void withoutARecordItCannotBeTold() {
        String cannotBeTold = "Cannot be told: no signed entry records who was in oncall:PABC123 then.";
        assertThat(unmet(approved(review()), policy())).containsExactly("0 of 1 approval given.", cannotBeTold);
        assertThat(unmet(approved(Approval.inSlack(JANE, 42, NOW)), policy()))
                .containsExactly("0 of 1 approval given.", cannotBeTold);
    }

    @Test
    void aRecordOfAnotherAudienceOrOfAnotherPersonsUserIsNone() {
        Membership other = new Membership(ExternalAudience.parse("oncall:POTHER1"), "PJANE", NOW);
        assertThat(unmet(approved(review(other)), policy())).hasSize(2);
        assertThat(unmet(approved(review(JANE_ON_CALL)), policy(Map.of("PJANE", JOHN), true)))
                .containsExactly(
                        "0 of 1 approval given.", "Missing: janeroe (jane.roe) approved, but is not an approver.");
    }

    @Test
    void whoOpenedByHandNeedsARecordToo() {
        Grant byHand = new Grant(
                PROD,
                approved(review()).request(),
                JOHN,
                approved(review()).reason(),
                NOW,
                NOW.plus(HOUR),
                commit(8),
                Optional.empty(),
                approved(review(JANE_ON_CALL)).approvalBasis(),
                true);
        assertThat(unmet(byHand, policy(), JOHN_IN_TEAM)).isEmpty();
        assertThat(unmet(byHand, policy()))
                .containsExactly("Cannot be told: no signed entry records who was in github-team:acme/dev then.");
    }

    @Test
    void breakGlassNeedsTheRecordOfBothItsHolderAndItsApprover() {
        Grant used = grant(JOHN, PROD, NOW, NOW.plus(HOUR));
        Grant answered = used.with(new ApprovalBasis.BreakGlass(Optional.of(JANE), List.of(JANE_ON_CALL)));
        assertThat(unmet(answered, policy(), JOHN_IN_TEAM)).isEmpty();
        assertThat(unmet(answered, policy()))
                .containsExactly("Cannot be told: no signed entry records who was in github-team:acme/dev then.");
        assertThat(unmet(used.with(new ApprovalBasis.BreakGlass(Optional.of(JANE))), policy(), JOHN_IN_TEAM))
                .containsExactly("Cannot be told: no signed entry records who was in oncall:PABC123 then.");
        assertThat(unmet(used.with(new ApprovalBasis.BreakGlass(Optional.empty())), policy(), JOHN_IN_TEAM))
                .isEmpty();
    }

    private static GrantCompliance.EndMove move(Grant extended, Person by, Approval approval) {
        return new GrantCompliance.EndMove(commit(9), extended, Optional.of(by), policy(), false, List.of(approval));
    }

    @Test
    void anApprovalByWhoAskedForTheMoveIsNone() {
        Grant extended = approved(review(JANE_ON_CALL)).until(NOW.plus(Duration.ofHours(6)));
        GrantCompliance.Unmet unmet = GrantCompliance.unmet(
                extended, HOUR, policy(), List.of(move(extended, JANE, review(JANE_ON_CALL))), List.of());
        assertThat(unmet.all())
                .containsExactly(
                        "0 of 1 approval given.", "Missing: janeroe (jane.roe) cannot approve their own access.");
        assertThat(unmet.moveAlone()).contains(commit(9));
    }

    @Test
    void aMoveOfTheEndIsJudgedByItsOwnRecords() {
        Grant extended = approved(review(JANE_ON_CALL)).until(NOW.plus(Duration.ofHours(6)));
        GrantCompliance.EndMove move = move(extended, JOHN, review(JANE_ON_CALL));
        assertThat(GrantCompliance.unmet(extended, HOUR, policy(), List.of(move), List.of())
                        .all())
                .isEmpty();
        GrantCompliance.EndMove unrecorded = move(extended, JOHN, review());
        assertThat(GrantCompliance.unmet(extended, HOUR, policy(), List.of(unrecorded), List.of())
                        .all())
                .contains("Cannot be told: no signed entry records who was in oncall:PABC123 then.");
    }
}
