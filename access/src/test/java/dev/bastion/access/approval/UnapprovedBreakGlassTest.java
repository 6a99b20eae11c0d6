package dev.bastion.access.approval;

import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.PEOPLE;
import static dev.bastion.access.Examples.COMMIT;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Break-glass access that waits for its approval, over several environments. */
class UnapprovedBreakGlassTest {
    private static final EnvironmentName VAULT = new EnvironmentName("vault");
    private static final EnvironmentRules RULES =
            ApprovalScenario.rules(Audience.of(Set.of("U1", "U2")), 1, "8h", ApprovalRules.USUAL);

    private final MemoryLedger ledger = new MemoryLedger(
            new AccessPolicy(
                    RulesByEnvironment.of(
                            RULES,
                            Map.of(
                                    Examples.DEV,
                                    Examples.rules(Audience.EVERYONE, false, 0),
                                    PROD,
                                    RULES,
                                    VAULT,
                                    RULES)),
                    PEOPLE),
            Examples.DEV,
            PROD,
            VAULT);

    private static Grant glass(Person holder, EnvironmentName environment, Instant from, Optional<Person> approvedBy) {
        return grant(holder, environment, from, from.plusSeconds(3600)).with(new ApprovalBasis.BreakGlass(approvedBy));
    }

    private void over(Grant grant) {
        ledger.ended.add(new PastGrant(grant, new End.Expired(), grant.expiresAt(), COMMIT));
    }

    private UnapprovedBreakGlass query() {
        return new UnapprovedBreakGlass(ledger.read());
    }

    @Test
    void listsOpenAndEndedAccessOfEveryEnvironmentUntilItIsApproved() {
        Grant ended = glass(JOHN, PROD, NOW.minusSeconds(86_400), Optional.empty());
        Grant open = glass(JANE, VAULT, NOW, Optional.empty());
        over(ended);
        over(glass(JOHN, VAULT, NOW.minusSeconds(172_800), Optional.of(MAX)));
        over(glass(JOHN, Examples.DEV, NOW.minusSeconds(172_800), Optional.empty()));
        ledger.put(open);
        assertThat(query().all()).as("dev needs no approval").containsExactly(ended, open);
        assertThat(query().usedBy(JOHN)).containsExactly(ended);
    }

    @Test
    void aPersonSeesWhatTheyMayApproveAndNothingOfTheirOwn() {
        Grant johns = glass(JOHN, PROD, NOW.minusSeconds(86_400), Optional.empty());
        Grant janes = glass(JANE, VAULT, NOW, Optional.empty());
        over(johns);
        ledger.put(janes);
        assertThat(query().approvableBy(JANE, NOW)).containsExactly(johns);
        assertThat(query().approvableBy(MAX, NOW)).containsExactly(johns, janes);
        assertThat(query().approvableBy(JOHN, NOW)).isEmpty();
        assertThat(query().approvableBy(MALLORY, NOW)).isEmpty();
    }

    /** The holder approved it by hand, or an approver who is none any more: it still waits. */
    @Test
    void anApprovalThatDoesNotCountIsNone() {
        Grant own = glass(JOHN, PROD, NOW.minusSeconds(86_400), Optional.of(JOHN));
        over(own);
        assertThat(query().approvableBy(JANE, NOW)).hasSize(1);
    }
}
