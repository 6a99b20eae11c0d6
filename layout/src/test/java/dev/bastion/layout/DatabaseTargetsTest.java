package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases an environment leads to. */
class DatabaseTargetsTest {
    private static DatabaseTargets in(String inputs) {
        return DatabaseTargets.in(
                "environments/dev/bastion/terragrunt.hcl",
                ("inputs = {\n" + inputs + "\n}\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hostsWithoutPortsAndSecurityGroupsAreNamed() {
        DatabaseTargets targets = in("""
                rds_endpoint = "Orders.Dev.internal:5432"
                rds_security_group_id = "sg-00000000000000001"
                rds_port = 5432
                vpc_id = "vpc-1"
                vpc_endpoint_security_group_ids = ["sg-000000000000000e1"]
                extra_groups = ["sg-00000000000000002"]
                targets = [{ name = "a", host = "b.internal" }]""");
        assertThat(targets.names())
                .containsExactlyInAnyOrder(
                        "orders.dev.internal", "sg-00000000000000001", "sg-00000000000000002", "a", "b.internal");
        assertThat(targets.comparable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rds_endpoint = local.host",
                "rds_endpoint = \"${local.host}\"",
                "rds_security_group_id = get_env(\"SG\")",
                "targets = [{ host = local.host }]",
                "database = merge({}, {})",
                "Target_Host = local.host",
                "security_group_id = local.group",
                "extra_security_group_ids = [\"sg-1\", local.group]",
            })
    void aTargetThatIsNoLiteralCannotBeCompared(String inputs) {
        assertThat(in(inputs).comparable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vpc_id = local.vpc", "vpc_endpoint_security_group_ids = local.endpoints", "tags = {}"})
    void anotherInputMayBeComputed(String inputs) {
        assertThat(in(inputs).comparable()).isTrue();
    }

    @Test
    void anEmptyValueNamesNothingAndSpacesDoNotCount() {
        assertThat(in("rds_endpoint = \"\"\ndatabase = \" \"").names()).isEmpty();
        assertThat(in("rds_endpoint = \" orders.internal:5432 \"").names()).containsExactly("orders.internal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inputs = merge({}, {})\n", "inputs {\n", "", "\u0000"})
    void aFileThatCannotBeReadCannotBeCompared(String content) {
        assertThat(DatabaseTargets.in("x.hcl", content.getBytes(StandardCharsets.UTF_8))
                        .comparable())
                .isFalse();
    }

    @Test
    void oneSharedNameIsEnough() {
        assertThat(in("rds_endpoint = \"PROD.internal\"").overlaps(in("rds_endpoint = \"prod.internal:5432\"")))
                .isTrue();
        assertThat(in("rds_endpoint = \"dev.internal\"").overlaps(in("rds_endpoint = \"prod.internal\"")))
                .isFalse();
        assertThat(in("").overlaps(in(""))).isFalse();
    }
}
