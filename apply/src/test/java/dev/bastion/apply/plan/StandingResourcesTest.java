package dev.bastion.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandingResourcesTest {
    private static final List<String> SKELETON = List.of(
            "module.bastion.aws_iam_role.bastion[0]",
            "aws_iam_role.end[0]",
            "aws_iam_role_policy.agent[0]",
            "module.bastion.aws_iam_role_policy.end[0]",
            "aws_iam_instance_profile.bastion[0]",
            "module.bastion.aws_security_group.bastion[0]",
            "aws_ssm_document.port[0]",
            "module.bastion.aws_ssm_document.targets[\"orders.eu\"]",
            "aws_ssm_document.shell[0]");
    private static final List<String> RULES = List.of(
            "module.bastion.aws_vpc_security_group_ingress_rule.endpoints[\"0\"]",
            "aws_vpc_security_group_egress_rule.endpoints[\"0\"]",
            "aws_vpc_security_group_ingress_rule.database[0]",
            "aws_vpc_security_group_egress_rule.database[0]",
            "aws_vpc_security_group_ingress_rule.targets[\"a\"]",
            "aws_vpc_security_group_egress_rule.targets[\"a\"]",
            "aws_vpc_security_group_egress_rule.internet[0]");

    @ParameterizedTest
    @EnumSource
    void recordsAndAlarmsStandAlways(StandingResources standing) {
        assertThat(standing.leftBehind(List.of(
                        "module.bastion.aws_cloudwatch_log_group.sessions",
                        "aws_cloudwatch_metric_alarm.failed_ends",
                        "aws_sqs_queue.failed_ends",
                        "module.bastion.data.aws_caller_identity.this",
                        "data.aws_subnet.this[0]")))
                .isEmpty();
    }

    @Test
    void theSkeletonStandsWhileTheEnvironmentHasAFile() {
        assertThat(StandingResources.SKELETON.leftBehind(SKELETON)).isEmpty();
        assertThat(StandingResources.SKELETON_AND_RULES.leftBehind(SKELETON)).isEmpty();
        assertThat(StandingResources.RECORDS.leftBehind(SKELETON)).isEqualTo(SKELETON);
    }

    @Test
    void rulesStandOnlyWhereTheFileAsksForThem() {
        assertThat(StandingResources.SKELETON_AND_RULES.leftBehind(RULES)).isEmpty();
        assertThat(StandingResources.SKELETON.leftBehind(RULES)).isEqualTo(RULES);
        assertThat(StandingResources.RECORDS.leftBehind(RULES)).isEqualTo(RULES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module.bastion.aws_instance.bastion[0]",
                "aws_instance.bastion[0]",
                "aws_scheduler_schedule.end[0]",
                "module.bastion.aws_iam_role.ungated",
                "module.bastion.aws_iam_role_policy.bastion[0]",
                "aws_security_group.forgotten",
                "aws_security_group.bastion2[0]",
                "module.bastion.module.inner.aws_security_group.bastion[0]",
                "module.bastion.module.inner[\"a.aws_sqs_queue.b\"].aws_security_group.x",
                "module.other.aws_iam_role.bastion[0]",
                "module.data.aws_instance.x",
                "aws_vpc_security_group_ingress_rule.ssh[0]",
            })
    void nothingElseStands(String address) {
        for (StandingResources standing : StandingResources.values()) {
            assertThat(standing.leftBehind(List.of(address))).containsExactly(address);
        }
    }
}
