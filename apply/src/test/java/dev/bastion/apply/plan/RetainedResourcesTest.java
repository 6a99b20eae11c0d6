package dev.bastion.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedResourcesTest {

    @Test
    void recordsAndAlarmsAreRetained() {
        assertThat(RetainedResources.leftBehind(List.of(
                        "module.bastion.aws_cloudwatch_log_group.sessions",
                        "aws_cloudwatch_metric_alarm.failed_ends",
                        "aws_sqs_queue.failed_ends",
                        "module.bastion.data.aws_caller_identity.this",
                        "data.aws_subnet.this[0]")))
                .isEmpty();
    }

    @Test
    void nothingThatGivesAccessIsRetained() {
        List<String> left = List.of(
                "module.bastion.aws_instance.bastion[0]",
                "aws_instance.bastion[0]",
                "module.bastion.aws_iam_role.ungated",
                "module.bastion.aws_vpc_security_group_ingress_rule.endpoints[\"0\"]",
                "module.bastion.module.inner[\"a.aws_sqs_queue.b\"].aws_security_group.x",
                "module.data.aws_instance.x");
        assertThat(RetainedResources.leftBehind(left)).isEqualTo(left);
    }
}
