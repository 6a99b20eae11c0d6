package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.app.config.LedgerFile;
import dev.bastion.apply.ChangedEnvironments;
import dev.bastion.apply.source.LayoutSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bastion init} in repositories without Terragrunt units. */
class ShapesTest {
    private static final String VALUES = """
        deploy_bastion        = 0
        requested_by_user_id  = ""
        requested_by_username = ""
        created_at            = ""
        expires_at            = ""
        """;

    @TempDir
    private Path folder;

    private InitWorld world;

    @BeforeEach
    void start() {
        world = new InitWorld(folder);
    }

    /** What CI would say of every environment, by name: nothing while all are in canonical shape. */
    private ChangedEnvironments.Changes changes() {
        world.commit();
        return new ChangedEnvironments(
                        folder,
                        Map.of("PATH", System.getenv("PATH")),
                        new LayoutSource(new LedgerFile(), "environments"))
                .in("HEAD");
    }

    /** The flags without the module, which the repository gives. */
    private static List<String> withoutModule() {
        List<String> flags = new ArrayList<>(InitWorld.FLAGS);
        int module = flags.indexOf("--module");
        flags.subList(module, module + 2).clear();
        return flags;
    }

    @Test
    void newRootModulesAreInCanonicalShape() {
        int code = world.init(
                "--layout",
                "environments/{name}/bastion.auto.tfvars",
                "--environment",
                "dev",
                "--environment",
                "prod/orders");
        assertThat(code).as(world.errors()).isZero();
        assertThat(world.text("ledger.yaml"))
                .contains("  - path: \"environments/{name}/bastion.auto.tfvars\"\n    values: \"\"\n");
        assertThat(world.text("environments/prod/orders/bastion.auto.tfvars"))
                .isEqualTo("# Written by the service; empty while closed.\n" + VALUES);
        assertThat(world.text("environments/prod/orders/main.tf"))
                .contains(
                        "key          = \"prod/orders/bastion/terraform.tfstate\"",
                        "bucket       = \"acme-state\"",
                        "source = \"git::https://github.com/acme/bastion.git//terraform-modules/bastion?ref=v1.4.0\"",
                        "environment   = \"prod-orders\"",
                        "  deploy_bastion        = var.deploy_bastion\n");
        assertThat(world.text(".github/CODEOWNERS")).contains("/environments/**/*.tf ");
        assertThat(world.files()).doesNotContainKey("environments/root.hcl");
        ChangedEnvironments.Changes changes = changes();
        assertThat(changes.environments()).hasToString("[dev, prod/orders]");
        assertThat(changes.notes()).isEmpty();
        assertThat(world.policy("check")).as(world.errors()).isZero();
    }

    @Test
    void rootModulesThatAreThereGiveTheLayoutAndTheModule() {
        for (String name : new String[] {"dev", "prod"}) {
            world.write("live/" + name + "/bastion.auto.tfvars", VALUES);
            world.write("live/" + name + "/main.tf", "module \"bastion\" {\n  source = \"../../modules/bastion\"\n}\n");
        }
        world.write("modules/bastion/main.tf", "");
        assertThat(world.run(Optional.empty(), withoutModule()))
                .as(world.errors())
                .isZero();
        assertThat(world.text("ledger.yaml"))
                .contains("  - path: \"live/{name}/bastion.auto.tfvars\"\n    values: \"\"\n")
                .contains("${get_repo_root()}/modules/bastion");
        assertThat(changes().environments()).hasToString("[dev, prod]");
    }

    @Test
    void aStackThatIsThereGivesThePlaceOfTheValuesAndTheModule() {
        world.write("live/root.hcl", "");
        world.write("units/bastion/terragrunt.hcl", "");
        world.write("live/dev/terragrunt.stack.hcl", """
            unit "access" {
              source = "../../units//bastion"
              path   = "access"
              values = {
            %s  }
            }
            """.formatted(VALUES));
        assertThat(world.run(Optional.empty(), withoutModule()))
                .as(world.errors())
                .isZero();
        assertThat(world.text("ledger.yaml"))
                .contains("  - path: \"live/{name}/terragrunt.stack.hcl\"\n    values: unit[\"access\"].values\n")
                .contains("${get_repo_root()}/units//bastion");
        ChangedEnvironments.Changes changes = changes();
        assertThat(changes.notes()).isEmpty();
        assertThat(changes.environments()).hasToString("[dev]");
    }

    @Test
    void aNewStackIsForAPersonToWrite() {
        assertThat(world.init("--layout", "live/{name}/terragrunt.stack.hcl", "--environment", "dev"))
                .isEqualTo(2);
        assertThat(world.errors()).contains("its stack into live/dev/terragrunt.stack.hcl");
    }
}
