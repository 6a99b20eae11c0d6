package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        assertThat(reason(path, "").orElse(""))
                .startsWith(
                        "it has the place of an environment file (environments/{name}/bastion/terragrunt.hcl), but ");
    }

    @Test
    void aNearMissSaysWhatIsWrongAndWhatToEdit() {
        assertThat(reason("environments/a b/bastion/terragrunt.hcl", "").orElse(""))
                .endsWith("`a b` is no valid name; rename its directory to letters, digits, -, _ and .");
        assertThat(reason("environments/prod/Bastion/terragrunt.hcl", "").orElse(""))
                .endsWith("the letters of its path differ by case or form; rename it");
        assertThat(reason("Prod/bastion/terragrunt.hcl", "deploy_bastion = 0\n"))
                .contains("it sets `deploy_bastion`; `- path: {name}/bastion/terragrunt.hcl` in environments of"
                        + " ledger.yaml would name it");
        assertThat(reason("live/eu/prod/bastion/terragrunt.hcl", "deploy_bastion = 0\n")
                        .orElse(""))
                .contains("`- path: live/eu/{name}/bastion/terragrunt.hcl`");
        assertThat(reason("live/prod/terragrunt.hcl", "deploy_bastion = 0\n")).contains("it sets `deploy_bastion`");
    }

    private static AwsAccount account(String key, String... regions) {
        return new AwsAccount(
                new AccountKey(key),
                "123456789012",
                Stream.of(regions).map(Region::new).toList(),
                AccountRoles.NONE,
                Optional.empty());
    }

    private static Lookalikes placed(NameTemplate name, AwsAccount... accounts) {
        PathPattern pattern =
                new PathPattern("{account}/{region}/{name}/x.hcl", name, new AwsAccounts(List.of(accounts)));
        return new Lookalikes(new Layout("access", List.of(pattern), List.of(), List.of()));
    }

    @Test
    void anUnknownAccountOrRegionIsNamed() {
        Lookalikes placed = placed(NameTemplate.PLAIN, account("prod", "eu-west-1"));
        assertThat(placed.reason("test/eu-west-1/a/x.hcl", Optional.empty()).orElse(""))
                .endsWith("ledger.yaml has no account test (it has prod); add it to accounts");
        assertThat(placed.reason("prod/us-east-1/a/x.hcl", Optional.empty()).orElse(""))
                .endsWith("us-east-1 is none of the regions of its account; add it to them");
        assertThat(placed.reason("prod/eu-west-1/-a/x.hcl", Optional.empty()).orElse(""))
                .contains("`-a` is no valid name");
        assertThat(placed.isCandidate("prod/eu-west-1/a/x.hcl")).isFalse();
    }

    @Test
    void theKnownAccountsAreNamedOnceEach() {
        Lookalikes two =
                placed(NameTemplate.PLAIN, account("prod", "eu-west-1", "eu-west-3"), account("dev", "us-east-1"));
        assertThat(two.reason("test/eu-west-1/a/x.hcl", Optional.empty()).orElse(""))
                .endsWith("ledger.yaml has no account test (it has prod, dev); add it to accounts");
        assertThat(placed(NameTemplate.PLAIN)
                        .reason("test/eu-west-1/a/x.hcl", Optional.empty())
                        .orElse(""))
                .endsWith("ledger.yaml has no account test (it has none); add it to accounts");
    }

    @Test
    void aRegionOfAnotherAccountIsNoneOfItsOwn() {
        Lookalikes two = placed(NameTemplate.PLAIN, account("prod", "eu-west-1"), account("dev", "us-east-1"));
        assertThat(two.reason("prod/us-east-1/a/x.hcl", Optional.empty()).orElse(""))
                .endsWith("us-east-1 is none of the regions of its account; add it to them");
    }

    @Test
    void aValidDirectoryMayStillGiveNoValidName() {
        Lookalikes named = placed(new NameTemplate("{account}-{name}"), account("prod", "eu-west-1"));
        assertThat(named.reason("prod/eu-west-1/" + "a".repeat(60) + "/x.hcl", Optional.empty())
                        .orElse(""))
                .endsWith("but its path gives no valid name; rename its directory");
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
                "# it has no deploy_bastion, so nobody opens it\n",
                "name = \"x\"\n\t // see terraform-modules/bastion\n",
                "  # deploy_bastion\r\nname = \"x\"\r\n",
                "# deploy_bastion",
            })
    void aLineThatOnlyWritesAboutItIsNone(String content) {
        assertThat(reason("environments/shared/prerequisites/terragrunt.hcl", content))
                .isEmpty();
        assertThat(reason("live/network/main.tf", content)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy_bastion = 1 # deploy\n",
                "x = \"#\"\ndeploy_bastion = 1\n",
                "x = \"\u0085# ${deploy_bastion}\"\n",
                "x = \"\r# ${deploy_bastion}\"\n",
                "x = <<E\n# deploy_bastion = 1\nE\n",
                "/*\n# */ deploy_bastion = 1\n",
            })
    void aLineThatMayBeCodeIsSuspected(String content) {
        assertThat(reason("live/prod/main.tf", content)).contains("it sets `deploy_bastion`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live/prod/main.tf.json", "live/prod/x.auto.tfvars.JSON"})
    void jsonHasNoComments(String path) {
        assertThat(reason(path, "{\"a\": \"\n# deploy_bastion\"}")).contains("it sets `deploy_bastion`");
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
    void theExampleHasNone() throws IOException {
        Path top = Path.of("..");
        try (Stream<Path> files = Files.walk(top.resolve("environments"))) {
            List<Path> code = files.filter(Files::isRegularFile).toList();
            assertThat(code).hasSizeGreaterThan(4);
            for (Path file : code) {
                assertThat(LOOKALIKES.reason(top.relativize(file).toString(), Optional.of(Files.readAllBytes(file))))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void ordinaryCodeIsNone() {
        assertThat(reason("live/network/main.tf", "resource \"aws_vpc\" \"main\" {}\n"))
                .isEmpty();
    }
}
