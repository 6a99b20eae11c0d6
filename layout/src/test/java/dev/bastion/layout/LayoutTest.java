package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.file.AuditPaths;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which file is an environment's, and whose approval a change of any other needs. */
class LayoutTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final Set<String> FILES =
            Set.of("environments/dev/bastion/terragrunt.hcl", "environments/prod/orders/bastion/terragrunt.hcl");
    private static final Layout STANDARD = Layout.standard("environments");

    private static Layout layout(String... patterns) {
        return new Layout(
                "access",
                List.of(patterns).stream().map(PathPattern::new).toList(),
                List.of(new ModuleSource("git::https://example.com/bastion.git//modules/bastion?ref=v1.4.0")),
                List.of("deploy/**"));
    }

    private static FileKind kindOf(String path) {
        return STANDARD.kindOf(path, FILES::contains);
    }

    @ParameterizedTest
    @CsvSource({
        "environments/dev/bastion/terragrunt.hcl, dev",
        "environments/prod/orders/bastion/terragrunt.hcl, prod/orders",
        "environments/Prod/bastion/terragrunt.hcl, Prod",
        "environments/my_env/bastion/terragrunt.hcl, my_env",
        "environments/v1.2/bastion/terragrunt.hcl, v1.2",
        "environments/a/b/c/d/e/bastion/terragrunt.hcl, a/b/c/d/e",
    })
    void thePatternNamesTheEnvironment(String path, String name) {
        assertThat(STANDARD.environmentAt(path)).contains(new EnvironmentName(name));
        assertThat(STANDARD.filesOf(new EnvironmentName(name))).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/bastion/terragrunt.hcl",
                "environments//bastion/terragrunt.hcl",
                "environments/dev/bastion/terragrunt.hcl.json",
                "environments/dev/terragrunt.hcl",
                "other/dev/bastion/terragrunt.hcl",
                "environments/../prod/bastion/terragrunt.hcl",
                "environments/a b/bastion/terragrunt.hcl",
                "environments/-x/bastion/terragrunt.hcl",
                "environments/x.lock/bastion/terragrunt.hcl",
                "environments/.x/bastion/terragrunt.hcl",
            })
    void whatNoPatternNamesIsNoEnvironment(String path) {
        assertThat(STANDARD.environmentAt(path)).isEmpty();
    }

    @Test
    void aPathWithoutAnyNameIsNoNearMiss() {
        PathPattern pattern = new PathPattern("environments/{name}/bastion/terragrunt.hcl");
        assertThat(pattern.isNearMissOf("environments//bastion/terragrunt.hcl")).isFalse();
        assertThat(pattern.isNearMissOf("environments/_/bastion/terragrunt.hcl"))
                .isTrue();
    }

    @Test
    void theStandardLayoutIsTheProductsOwn() {
        Layout standard = Layout.standard("live");
        assertThat(standard.accessPolicy()).isEqualTo("live/access-policy.yaml");
        assertThat(standard.people()).isEqualTo("live/people.yaml");
        assertThat(standard.allowedSigners()).isEqualTo("live/allowed_signers");
        assertThat(standard.environmentAt("live/dev/bastion/terragrunt.hcl")).contains(DEV);
    }

    @ParameterizedTest
    @CsvSource({"environments, environments", "./live/x/, live/x", "././live, live", ".hidden, .hidden", "a..b, a..b"})
    void theDirectoryOfThePolicyIsBelowTheRoot(String given, String directory) {
        assertThat(Layout.configurationDirectory(given)).isEqualTo(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "./", "", "/", "..", "../x", "a/../b", "a/./b", "/a", "a//b", "a b"})
    void theRootAndWhatLeavesTheRepositoryAreNoDirectoryOfThePolicy(String given) {
        assertThatThrownBy(() -> Layout.configurationDirectory(given))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("but not its root");
    }

    @Test
    void anEarlierPatternStillNamesItsEnvironments() {
        PathPattern old = new PathPattern("live/{name}/bastion/terragrunt.hcl");
        PathPattern kept = new PathPattern("environments/{name}/bastion/terragrunt.hcl");
        Layout layout = STANDARD.after(List.of(kept, old, old));
        assertThat(layout.former()).containsExactly(old);
        assertThat(layout.environments()).containsExactly(kept);
        assertThat(layout.environmentAt("live/dev/bastion/terragrunt.hcl")).contains(DEV);
        assertThat(layout.isNamed("live/dev/bastion/terragrunt.hcl")).isFalse();
        assertThat(layout.isNamed("environments/dev/bastion/terragrunt.hcl")).isTrue();
        assertThat(layout.filesOf(DEV))
                .containsExactly("environments/dev/bastion/terragrunt.hcl", "live/dev/bastion/terragrunt.hcl");
    }

    @ParameterizedTest
    @CsvSource({
        "live/eu/{name}/x.hcl, live/eu/dev/x.hcl, live/eu/root.hcl, live/eu",
        "live/eu/{name}/x.hcl, live/eu/dev/x.hcl, live/root.hcl, live",
        "live/eu/{name}/x.hcl, live/eu/dev/x.hcl, root.hcl, ''",
        "live/eu/{name}/x.hcl, live/eu/dev/x.hcl, live/eu/dev/root.hcl, live/eu",
        "{name}/x.hcl, dev/x.hcl, root.hcl, ''",
        "{name}/x.hcl, dev/x.hcl, access/root.hcl, ''",
        "live/eu/{name}/x.hcl, other/dev/x.hcl, access/root.hcl, access",
        "live/eu/{name}/x.hcl, other/dev/x.hcl, live/eu/root.hcl, access",
    })
    void theRootIsThatOfThePatternOrTheNearestAbove(String pattern, String path, String existing, String root) {
        Layout layout = layout("never/{name}/x.hcl", pattern);
        assertThat(layout.rootOf(path, existing::equals)).isEqualTo(root);
    }

    @Test
    void theFileOfAnEnvironmentIsItsOwnKind() {
        assertThat(kindOf("environments/dev/bastion/terragrunt.hcl")).isEqualTo(new FileKind.EnvironmentFile(DEV));
        assertThat(kindOf("environments/gone/bastion/terragrunt.hcl"))
                .isEqualTo(new FileKind.EnvironmentFile(new EnvironmentName("gone")));
    }

    @Test
    void severalPatternsMayNameEnvironments() {
        Layout layout = layout("live/{name}/bastion/terragrunt.hcl", "{name}/access/terragrunt.hcl");
        assertThat(layout.environmentAt("live/dev/bastion/terragrunt.hcl")).contains(DEV);
        assertThat(layout.environmentAt("dev/access/terragrunt.hcl")).contains(DEV);
        assertThat(layout.fileOf(DEV, "dev/access/terragrunt.hcl"::equals)).isEqualTo("dev/access/terragrunt.hcl");
        assertThat(layout.fileOf(DEV, _ -> false)).isEqualTo("live/dev/bastion/terragrunt.hcl");
        assertThat(layout.directory()).isEmpty();
        assertThat(layout("live/a/{name}/x.hcl", "live/b/{name}/x.hcl").directory())
                .isEmpty();
        assertThat(new Layout("live", List.of(new PathPattern("live/a/{name}/x.hcl")), List.of(), List.of())
                        .directory())
                .isEqualTo("live");
        assertThat(STANDARD.directory()).isEqualTo("environments");
    }

    @Test
    void twoFilesMayHaveTheNameOfOneEnvironment() {
        Layout layout = layout("live/{name}/bastion/terragrunt.hcl", "{name}/access/terragrunt.hcl");
        String one = "live/dev/bastion/terragrunt.hcl";
        String other = "dev/access/terragrunt.hcl";
        assertThat(layout.twinOf(one, Set.of(one, other)::contains)).contains(other);
        assertThat(layout.twinOf(other, Set.of(one, other)::contains)).contains(one);
        assertThat(layout.twinOf(one, Set.of(one)::contains)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "environments/terragrunt.hcl",
                "a/x{name}/b.hcl",
                "a/{name}x/b.hcl",
                "/a/{name}/b.hcl",
                "a/{name}",
                "a/{name}/",
                "a/{name}/b/",
                "{a/{name}/b.hcl",
                "a/{name}/b{.hcl",
                "a/{name}/{name}/b.hcl",
                "a/../{name}/b.hcl",
                "../{name}/b.hcl",
                "a//{name}/b.hcl",
                "a/{account}x/{name}/b.hcl",
                "a/{account}/{account}/{name}/b.hcl",
                "a/{region}/{name}/{region}/b.hcl",
                "a/{account}/{region}/b.hcl",
                "a/{slot}/{slot}/{name}/b.hcl",
                "a/{slot}/b.hcl",
                "a/{name}/{slot}",
                "a/{name}/{account}",
                "./{name}/b.hcl",
                "a/./{name}/b.hcl",
                "a/{name}//b.hcl"
            })
    void aPatternMustNameWholePathPartsInsideTheRepository(String text) {
        assertThatThrownBy(() -> new PathPattern(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("environments/{name}/bastion/terragrunt.hcl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/dev/bastion/main.tf",
                "environments/dev/bastion/terragrunt.hcl.json",
                "environments/dev/bastion/m/main.tf",
                "environments/dev/bastion/README.md",
                "environments/dev/bastion/.terraform.lock.hcl",
            })
    void aFileInItsDirectoryBelongsToTheEnvironment(String path) {
        assertThat(kindOf(path)).isEqualTo(new FileKind.BesideEnvironment(DEV));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/root.hcl",
                "environments/dev/root.hcl",
                "environments/dev/common.hcl",
                "environments/shared/prerequisites/terragrunt.hcl",
                "environments/-x/bastion/terragrunt.hcl",
                "environments/gone/bastion/main.tf",
                "environments/dev/values.yaml",
                "environments/dev/allowed_signers",
                "environments",
                "terraform-modules/bastion/main.tf",
                "terraform-modules",
                "Terraform-Modules/bastion/main.tf",
                "common.hcl",
                "terragrunt.hcl",
            })
    void whatTheEvaluationReadsIsTheOwners(String path) {
        assertThat(kindOf(path)).isEqualTo(new FileKind.Evaluated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live/root.hcl",
                "live/account.hcl",
                "live/region.yaml",
                "live/Vars.TFVARS",
                "live/prod/eu/names.json",
                "root.hcl",
                "x.auto.tfvars.json",
            })
    void codeAboveTheEnvironmentsIsTheOwners(String path) {
        assertThat(layout("live/prod/{name}/bastion/terragrunt.hcl").kindOf(path, _ -> false))
                .isEqualTo(new FileKind.Evaluated());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev/account.hcl", "dev/region.yaml", "a/b/root.hcl"})
    void environmentsAtTheRepositorysRootMayReadCodeInAnyDirectory(String path) {
        assertThat(layout("{name}/access/terragrunt.hcl").kindOf(path, _ -> false))
                .isEqualTo(new FileKind.Evaluated());
        assertThat(layout("{name}/access/terragrunt.hcl").kindOf("web/index.html", _ -> false))
                .isEqualTo(new FileKind.Other());
    }

    @ParameterizedTest
    @CsvSource({
        "${ get_repo_root() }/modules//bastion, modules/shared/main.tf",
        "${get_repo_root()}/modules/bastion, modules/shared/main.tf",
        "${get_repo_root()}/bastion-module, bastion-module/user-data.sh",
        "${get_repo_root()}/bastion-module, shared/main.tf",
        "${get_repo_root()}//modules/bastion, shared/main.tf",
    })
    void whatIsCopiedAroundAModuleIsTheOwners(String module, String path) {
        Layout layout = new Layout(
                "access",
                List.of(new PathPattern("live/{name}/bastion/terragrunt.hcl")),
                List.of(new ModuleSource(module)),
                List.of());
        assertThat(layout.kindOf(path, _ -> false)).isEqualTo(new FileKind.Evaluated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ledger.yaml",
                "Ledger.YAML",
                "environments/access-policy.yaml",
                "environments/people.yaml",
                "environments/groups.yml",
                "Environments/People.YAML",
                "environments/policy-tests.yaml",
                "environments/allowed_signers",
                "CODEOWNERS",
                ".github/CODEOWNERS",
                "docs/CODEOWNERS",
                ".github/workflows/apply.yml",
                ".GitHub/workflows/x.yml",
                ".github/actions/prepare/action.yml",
                ".gitlab-ci.yml",
                "Jenkinsfile",
                "ci/Jenkinsfile.apply",
                ".circleci/config.yml",
                "atlantis.yaml",
                ".gitattributes",
                "environments/dev/bastion/.gitattributes",
                ".gitmodules",
                "environments/dev/bastion/.terraform-version",
                ".mise.toml",
                "mise.local.toml",
                ".config/mise/config.toml",
                ".tfswitchrc",
                "modules/.tofurc",
                ".terraform/providers/x",
                "a/.terragrunt-cache/x",
                ".env.local",
                ".forgejo/workflows/x.yml",
                "Makefile",
                "bastion",
                "tools/drift.sh",
                "pom.xml",
                "app/pom.xml",
                "app/src/main/java/A.java",
            })
    void whatCiRunsAndTheConfigurationAreTheOwners(String path) {
        assertThat(kindOf(path)).isEqualTo(new FileKind.Control());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/page.md",
                "environments/README.md",
                "web/index.html",
                "web/main.tf",
                "web/root.hcl",
                "web/ledger.yaml",
                "notes.github"
            })
    void theRestHasNothingToDoWithAccess(String path) {
        assertThat(kindOf(path)).isEqualTo(new FileKind.Other());
    }

    @Test
    void theLayoutSaysWhatCiRuns() {
        Layout layout = layout("live/{name}/bastion/terragrunt.hcl");
        assertThat(layout.kindOf("deploy/run.py", _ -> true)).isEqualTo(new FileKind.Control());
        assertThat(layout.kindOf("tools/drift.sh", _ -> true)).isEqualTo(new FileKind.Other());
        assertThat(layout.kindOf("access/access-policy.yaml", _ -> true)).isEqualTo(new FileKind.Control());
    }

    @ParameterizedTest
    @ValueSource(strings = {"root.hcl", "prod/root.hcl", "prod/Root.HCL", "a/b/root.hcl", "prod/root.hcl."})
    void whereEnvironmentsAreAtTheRootEveryRootFileIsTheOwners(String path) {
        Layout layout = layout("{name}/bastion/terragrunt.hcl");
        assertThat(layout.kindOf(path, _ -> false)).isEqualTo(new FileKind.Evaluated());
        assertThat(layout.kindOf("web/" + path + "x", _ -> false)).isEqualTo(new FileKind.Other());
        assertThat(layout.kindOf("web/index.html", _ -> false)).isEqualTo(new FileKind.Other());
    }

    @Test
    void whatIsInAModuleIsEvaluatedInAnyCase() {
        Layout layout = new Layout(
                "environments",
                List.of(new PathPattern("live/{name}/bastion/terragrunt.hcl")),
                List.of(
                        new ModuleSource("${get_repo_root()}/Bastion"),
                        new ModuleSource("${get_repo_root()}/Modules/other")),
                List.of());
        for (String path : List.of("bastion/readme.txt", "Bastion/guest/x.sh", "modules/shared/x.txt", "main.tf")) {
            assertThat(layout.kindOf(path, _ -> false)).as(path).isEqualTo(new FileKind.Evaluated());
        }
        assertThat(layout.kindOf("values.yaml", _ -> false)).isEqualTo(new FileKind.Other());
        assertThat(layout.kindOf("web/x.sh", _ -> false)).isEqualTo(new FileKind.Other());
    }

    @Test
    void aFileThatTwoPatternsNameHasItsValuesInOnePlace() {
        Layout layout = layout("live/{name}/terragrunt.hcl", "{name}/terragrunt.hcl");
        assertThat(layout.auditPathsAt("live/dev/terragrunt.hcl")).containsExactly(AuditPaths.OF_A_UNIT);
    }

    @Test
    void anyFileOfARootModuleIsTheOwnersAlsoWhereEnvironmentsAreAtTheRoot() {
        Layout layout = layout("{name}/bastion.auto.tfvars");
        assertThat(layout.kindOf("dev/index.html", "dev/bastion.auto.tfvars"::equals))
                .isEqualTo(new FileKind.Evaluated());
        assertThat(layout.kindOf("dev/index.html", _ -> false)).isEqualTo(new FileKind.Other());
    }
}
