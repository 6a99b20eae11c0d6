package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.layout.Layout;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bastion init} for a layout with accounts and regions in its paths. */
class AccountLayoutTest {
    private static final String LAYOUT = "live/{account}/{region}/{name}/bastion/terragrunt.hcl";

    @TempDir
    private Path folder;

    private InitWorld world;

    @BeforeEach
    void start() {
        world = new InitWorld(folder);
    }

    @Test
    void eachAccountHasItsNamesAndItsState() {
        int code = world.init(
                "--layout", LAYOUT,
                "--account", "prod:123456789012:eu-west-1:us-east-1",
                "--account", "dev:210987654321:eu-west-1",
                "--environment", "prod/us-east-1/orders",
                "--environment", "dev/eu-west-1/orders",
                "--state-bucket", "acme-{account}-{region}");
        assertThat(code).as(world.errors()).isZero();
        Layout layout = new LedgerFile().read(Optional.of(world.bytes("ledger.yaml")), "environments");
        String file = "live/prod/us-east-1/orders/bastion/terragrunt.hcl";
        assertThat(layout.environmentAt(file)).contains(new EnvironmentName("prod/us-east-1/orders"));
        assertThat(layout.placeAt(file).toString()).contains("prod/us-east-1");
        assertThat(world.text(file)).contains("deploy_bastion        = 0");
        assertThat(world.text("live/prod/us-east-1/root.hcl"))
                .contains("region       = \"us-east-1\"", "state_bucket = \"acme-prod-us-east-1\"");
        assertThat(world.text("live/dev/eu-west-1/root.hcl")).contains("state_bucket = \"acme-dev-eu-west-1\"");
        assertThat(world.policy("check")).as(world.errors()).isZero();
        assertThat(world.policy("test", "--all"))
                .as(world.out() + world.errors())
                .isZero();
    }

    /** The key of a state is the environment's path below root.hcl: in one bucket two states would be one. */
    @Test
    void twoPlacesWithOneBucketAreRefused() {
        int code = world.init(
                "--layout", LAYOUT,
                "--account", "prod:123456789012:eu-west-1",
                "--account", "dev:210987654321:eu-west-1",
                "--environment", "prod/orders",
                "--environment", "dev/orders");
        assertThat(code).isEqualTo(2);
        assertThat(world.errors()).contains("{account} and {region} in its name");
        assertThat(world.files()).isEmpty();
    }

    @Test
    void anAccountWithoutIdAndALayoutWithoutAccountsAreNamed() {
        assertThat(world.init("--layout", LAYOUT, "--account", "prod:12:eu-west-1"))
                .isEqualTo(2);
        assertThat(world.errors()).contains("--account: \"12\" is not a valid account id; write 12 digits");
        assertThat(world.init("--layout", LAYOUT)).isEqualTo(2);
        assertThat(world.errors()).contains("--account is missing");
        assertThat(world.init("--layout", "x/{region}/{name}/t.hcl", "--account", "prod:123456789012:eu-west-1"))
                .isEqualTo(2);
        assertThat(world.errors()).contains("--layout: x/{region}/{name}/t.hcl has {region} but no {account}");
    }

    @Test
    void anEnvironmentThatTheLayoutCannotNameIsRefused() {
        int code = world.init(
                "--layout", LAYOUT,
                "--account", "prod:123456789012:eu-west-1",
                "--account", "dev:210987654321:eu-west-1",
                "--environment", "orders");
        assertThat(code).isEqualTo(2);
        assertThat(world.errors()).contains("\"orders\" is not a valid environment", "{account}/{name}");
        assertThat(world.files()).isEmpty();
    }
}
