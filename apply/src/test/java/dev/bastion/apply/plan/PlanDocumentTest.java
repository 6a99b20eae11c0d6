package dev.bastion.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.apply.Plans;
import dev.bastion.apply.run.StepFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanDocumentTest {

    @Test
    void presentHasTheAddressesOfTheState() {
        assertThat(Plans.load("first-close").present()).isEmpty();
        assertThat(Plans.load("open").present())
                .contains("module.bastion.aws_cloudwatch_log_group.sessions")
                .noneMatch(address -> address.contains(".data."));
        assertThat(Plans.load("root-open").present()).isEmpty();
    }

    @Test
    void anUnknownActionFails() {
        assertThatThrownBy(() -> PlanDocument.parse("""
                {"format_version": "1.2", "timestamp": "2026-01-15T10:30:00Z", "resource_changes":
                 [{"address": "x.y", "mode": "managed", "type": "x", "change": {"actions": ["transmogrify"]}}]}
                """))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("transmogrify");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "no plan", "{\"format_version\": \"2.0\"}", "{\"format_version\": \"1.2\"}"})
    void textThatIsNoPlanFails(String text) {
        assertThatThrownBy(() -> PlanDocument.parse(text))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("terraform show");
    }
}
