package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclPath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases an environment leads to. */
class DatabaseTargetsTest {
    private static final Optional<HclPath> INPUTS = Optional.of(HclPath.of("inputs"));

    private static DatabaseTargets in(String inputs) {
        return DatabaseTargets.in(
                "environments/dev/bastion/terragrunt.hcl",
                ("inputs = {\n" + inputs + "\n}\n").getBytes(StandardCharsets.UTF_8),
                INPUTS);
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
            targets = [{ name = "a", host = "b.internal" }]\
            """);
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
        assertThat(DatabaseTargets.in("x.hcl", content.getBytes(StandardCharsets.UTF_8), INPUTS)
                        .comparable())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rds_endpoint = \"prod.internal.\"",
                "rds_endpoint = \"prod.internal..\"",
                "rds_endpoint = \"prod.internal.:5432\"",
                "rds_endpoint = \" PROD.internal\\t\"",
                "rds_endpoint = \"\\u0070rod.internal\"",
                "rds_endpoint = \"ｐrod.internal\"",
                "rds_endpoint = \"prod。internal\"",
                "rds_endpoint = \"prod\\u00ad.internal\"",
                "rds_endpoint = \"prod\\u200b.internal\"",
                "rds_endpoint = \"postgres://reader@prod.internal:5432/orders\"",
                "rds_endpoint = \"prod.internal/orders\"",
                "rds_endpoint = <<EOF\nprod.internal\nEOF\n",
                "\"rds_endpoint\" = \"prod.internal\"",
                "rds_endpoint : \"prod.internal\"",
                "(\"rds_endpoint\") = \"prod.internal\"",
                "\"rds_${local.x}\" = \"prod.internal\"",
                "(local.name) = \"prod.internal\"",
                "rds_endpoint = \"a.internal\"\nrds_endpoint = \"prod.internal\"",
                "rds_endpoint = \"prod.internal\"\nrds_endpoint = \"a.internal\"",
            })
    void anotherSpellingOfAHostIsTheHostOrCannotBeCompared(String inputs) {
        DatabaseTargets targets = in(inputs);
        assertThat(!targets.comparable() || targets.overlaps(in("rds_endpoint = \"prod.internal\"")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"010.0.0.1", "0x0a000001", "10.0.0.01", "10.0x0.0.1"})
    void otherSpellingsOfAnAddressCannotBeCompared(String address) {
        assertThat(in("rds_endpoint = \"" + address + "\"").comparable()).isFalse();
        assertThat(in("rds_endpoint = \"10.0.0.1:5432\"\nrds_port = \"5432\"").comparable())
                .isTrue();
    }

    @Test
    void oneSharedNameIsEnough() {
        assertThat(in("rds_endpoint = \"PROD.internal\"").overlaps(in("rds_endpoint = \"prod.internal:5432\"")))
                .isTrue();
        assertThat(in("rds_endpoint = \"dev.internal\"").overlaps(in("rds_endpoint = \"prod.internal\"")))
                .isFalse();
        assertThat(in("").overlaps(in(""))).isFalse();
    }

    @Test
    void anIdeographicFullStopIsADot() {
        assertThat(in("rds_endpoint = \"prod\u3002internal\"").names()).containsExactly("prod.internal");
    }

    @Test
    void inputsMayStandAtTheTopOfTheFile() {
        byte[] content = "rds_endpoint = \"prod.internal\"\n".getBytes(StandardCharsets.UTF_8);
        assertThat(DatabaseTargets.in("environments/dev/bastion.auto.tfvars", content, Optional.empty())
                        .names())
                .containsExactly("prod.internal");
    }
}
