package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that CI might open although the ledger does not know them. */
class LookalikesTest {
    private static final Lookalikes LOOKALIKES = new Lookalikes(Layout.standard("environments"));

    private static Optional<String> reason(String path, String content) {
        return LOOKALIKES.reason(path, Optional.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/-x/bastion/terragrunt.hcl",
                "environments/x-/bastion/terragrunt.hcl",
                "environments/x.lock/bastion/terragrunt.hcl",
                "environments/.x/bastion/terragrunt.hcl",
                "environments/a..b/bastion/terragrunt.hcl",
                "environments/a b/bastion/terragrunt.hcl",
                "environments/_/bastion/terragrunt.hcl",
                "environments/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/bastion/terragrunt.hcl",
                "Environments/prod/bastion/terragrunt.hcl",
                "environments/prod/Bastion/terragrunt.hcl",
                "environments/prod/bastion/Terragrunt.HCL",
                "environments/ｐrod/ｂastion/terragrunt.hcl",
                "environments/prod /bastion/terragrunt.hcl",
            })
    void aFileInThePlaceOfAnEnvironmentThatNoPatternNames(String path) {
        assertThat(reason(path, "")).contains("it has the place of an environment file, but no pattern names it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"live/prod/main.tf", "x.tofu", "a/b/terraform.tfvars", "prod.auto.tfvars.json", "stack.hcl"})
    void aFileThatSetsTheVariable(String path) {
        assertThat(reason(path, "deploy_bastion = 1\n")).contains("it sets `deploy_bastion`");
        assertThat(reason(path, "{\"depl\\u006fy_bastion\": 1}")).contains("it sets `deploy_bastion`");
        assertThat(reason(path, "\"depl\\U0000006fy_bastion\" = 1")).contains("it sets `deploy_bastion`");
        assertThat(reason(path, "\"deploy_${\"bastion\"}\" = 1")).contains("it sets `deploy_bastion`");
        assertThat(reason(path, "\"\\U000fffff \\ud800\" = 1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source = \"${get_repo_root()}/terraform-modules//bastion\"",
                "source = \"../../terraform-modules/bastion\"",
                "source = \"git::https://example.com/terraform-modules//bastion?ref=v1\"",
            })
    void aFileThatNamesTheModule(String content) {
        assertThat(reason("live/prod/main.tf", content)).contains("it names the module `terraform-modules/bastion`");
    }

    @Test
    void aFileThatIsTooLargeToReadIsSuspected() {
        assertThat(LOOKALIKES.reason("live/prod/main.tf", Optional.empty())).contains("it is too large to read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/prod/bastion/terragrunt.hcl",
                "environments/Prod/bastion/terragrunt.hcl",
                "environments/my_env/bastion/terragrunt.hcl",
                "environments/v1.2/bastion/terragrunt.hcl",
                "environments/a/b/c/d/e/bastion/terragrunt.hcl",
                "terraform-modules/bastion/variables.tf",
                "README.md",
                "docs/page.md",
                "app/src/main/java/A.java",
            })
    void anEnvironmentTheModuleAndProseAreNone(String path) {
        assertThat(reason(path, "deploy_bastion = 1\n")).isEmpty();
    }

    @Test
    void ordinaryCodeIsNone() {
        assertThat(reason("live/network/main.tf", "resource \"aws_vpc\" \"main\" {}\n"))
                .isEmpty();
    }
}
