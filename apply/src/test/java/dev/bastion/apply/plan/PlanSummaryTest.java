package dev.bastion.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanSummaryTest {

    @Test
    void opening() {
        assertThat(line("open"))
                .matches("\\+1 instance, \\+1 ingress rule on sg-[0-9a-f]+, \\+1 ingress rule on sg-[0-9a-f]+, "
                        + "\\+2 egress rules on the bastion's group, \\+1 security group, \\+1 iam instance profile, "
                        + "\\+2 iam roles, \\+2 iam role policies, \\+1 scheduler schedule, \\+1 ssm document");
    }

    @Test
    void extending() {
        assertThat(line("extend")).isEqualTo("~1 instance, ~1 scheduler schedule");
    }

    @Test
    void closing() {
        assertThat(line("close"))
                .startsWith("-1 instance, -1 ingress rule on sg-")
                .endsWith("-1 ssm document");
    }

    @Test
    void replacementsComeAfterUpdates() {
        assertThat(line("open-replaces")).isEqualTo("~1 iam role policy, ~1 scheduler schedule, -/+1 instance");
    }

    @Test
    void anEmptyPlanHasNothingToDo() {
        assertThat(new PlanSummary(List.of()).line()).isEqualTo("nothing to do");
    }

    private static String line(String plan) {
        return new PlanSummary(Plans.load(plan).changes()).line();
    }
}
