package dev.bastion.access.rules;

import static dev.bastion.access.Examples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Reason;
import dev.bastion.access.proposal.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which reasons are refused. */
class ReasonRulesTest {
    private static final ReasonPattern TICKET =
            new ReasonPattern("INC-", Optional.of("Name the incident."), text -> text.contains("INC-"));

    @Test
    void aReasonIsRequiredByTheRuleOrByThePattern() {
        assertThat(ReasonRules.NONE.isAnyRequired()).isFalse();
        assertThat(ReasonRules.required(true).isAnyRequired()).isTrue();
        assertThat(new ReasonRules(false, Optional.of(TICKET)).isAnyRequired()).isTrue();
    }

    @Test
    void withoutAPatternOnlyAMissingReasonIsRefused() {
        ReasonRules rules = ReasonRules.required(true);
        assertThat(rules.refusal(PROD, Reason.NONE)).contains(new Refusal.ReasonRequired(PROD));
        assertThat(rules.refusal(PROD, Reason.of("a slow query"))).isEmpty();
    }

    @Test
    void aReasonWithoutThePatternIsRefusedWithItsHelp() {
        ReasonRules rules = new ReasonRules(true, Optional.of(TICKET));
        Refusal mismatch = new Refusal.ReasonMismatch(PROD, "INC-", Optional.of("Name the incident."));
        assertThat(rules.refusal(PROD, Reason.NONE)).contains(mismatch);
        assertThat(rules.refusal(PROD, Reason.of("a slow query"))).contains(mismatch);
        assertThat(rules.refusal(PROD, Reason.of("INC-12 slow query"))).isEmpty();
    }
}
