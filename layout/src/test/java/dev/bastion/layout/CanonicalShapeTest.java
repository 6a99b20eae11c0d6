package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.RepositoryTree.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalShapeTest {
    private static final String DIRECTORY = "environments/prod/orders/bastion";
    private static final String FILE = DIRECTORY + "/terragrunt.hcl";
    private static final String TEXT = """
            include "root" {
              path = find_in_parent_folders("root.hcl")
            }

            terraform {
              source = "${get_repo_root()}/terraform-modules//bastion"
            }

            locals {
              team = "platform"
            }

            inputs = {
              vpc_id                = "vpc-1"
              groups                = ["sg-1"]
              deploy_bastion        = 0
              requested_by_user_id  = ""
              requested_by_username = ""
              created_at            = ""
              expires_at            = ""
            }
            """;

    private final FakeTree tree = new FakeTree()
            .file("README.md", "")
            .file("terraform-modules/bastion/main.tf", "")
            .file("environments/root.hcl", "")
            .file("environments/access-policy.yaml", "")
            .file("environments/prod/web/bastion/terragrunt.hcl", "")
            .file(DIRECTORY + "/.terraform.lock.hcl", "")
            .file(DIRECTORY + "/README.md", "")
            .file(FILE, TEXT);

    @ParameterizedTest
    @EnumSource(InputValues.class)
    void theCanonicalShapeHasNoProblem(InputValues values) {
        assertThat(problems(values)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main.tf",
                "override.tf.json",
                "main.tofu",
                "terraform.tfvars",
                "x.auto.tfvars",
                "x.auto.tfvars.json",
                "terragrunt.hcl.json",
                "terragrunt.stack.hcl",
                "common.hcl",
                "root.hcl",
                ".terraformrc",
                ".terraform-version",
                ".opentofu-version",
                ".tool-versions",
                ".envrc",
                ".tflint.hcl",
                "Terragrunt.hcl",
                "TERRAGRUNT.HCL",
                "terragrunt\u200b.hcl",
                "terragrunt.hcl.",
                "m/main.tf",
                ".terraform/environment",
                "READ\nME.md",
                "x\u202e.md",
                "README",
            })
    void nothingThatAToolWouldReadIsBesideTheFile(String name) {
        tree.file(DIRECTORY + "/" + name, "");
        assertThat(problems(InputValues.COMPUTED))
                .isNotEmpty()
                .allMatch(problem -> problem.file().startsWith(DIRECTORY));
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "REGULAR")
    void everyFileIsRegular(Kind kind) {
        for (String file : List.of(FILE, DIRECTORY + "/README.md", DIRECTORY + "/.terraform.lock.hcl")) {
            FakeTree other = new FakeTree().file("environments/root.hcl", "").file(FILE, TEXT);
            other.file(file, kind, TEXT);
            assertThat(new CanonicalShape("environments", List.of(Layout.STANDARD_MODULE), InputValues.LITERAL)
                            .problems(other, DIRECTORY))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "environments/prod/root.hcl, REGULAR",
        "environments/prod/orders/root.hcl, REGULAR",
        "environments/prod/Root.hcl, REGULAR",
        "environments/ROOT.HCL, REGULAR",
        "environments/prod/root.hcl/x, REGULAR",
        "environments/prod/link, SYMLINK",
        "environments/link, SYMLINK",
        "environments/prod/orders/module, SUBMODULE",
        "environments/Prod/orders/bastion/terragrunt.hcl, REGULAR",
        "environments/prod/orders/Bastion/terragrunt.hcl, REGULAR",
        "environments/prod/orders/\uff42astion/terragrunt.hcl, REGULAR",
        "environments/prod/orders/bast\u200bion/terragrunt.hcl, REGULAR",
        "environments/prod/orders/bastion./terragrunt.hcl, REGULAR",
        "Environments/root.hcl, REGULAR",
    })
    void nothingOnTheWayTakesTheEnvironmentsOrTheRootsPlace(String path, Kind kind) {
        tree.file(path, kind, "");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
    }

    @Test
    void aSecondRootIsNamedWithTheRemedy() {
        tree.file("environments/prod/root.hcl", "");
        assertThat(problems(InputValues.LITERAL))
                .extracting(ShapeProblem::sentence)
                .containsExactly(
                        "environments/prod/root.hcl: it would take the place of environments/root.hcl. Remove it.");
    }

    @Test
    void theRootIsARegularFile() {
        assertThat(problems(InputValues.LITERAL)).isEmpty();
        tree.without("environments/root.hcl");
        assertThat(problems(InputValues.LITERAL)).hasSize(1);
        tree.file("environments/root.hcl", Kind.SYMLINK, "");
        assertThat(problems(InputValues.LITERAL)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "./m",
                "../../../../terraform-modules//other",
                "../../../../../terraform-modules//bastion",
                "/terraform-modules//bastion",
                "git::https://example.com/m.git//bastion",
                "${get_repo_root()}/terraform-modules//bastion/../evil",
                "${get_repo_root()}/terraform-modules//bastion?ref=x",
                "${get_repo_root()}/./terraform-modules//bastion",
                "${get_repo_root()}/${get_repo_root()}/terraform-modules//bastion",
                "${get_terragrunt_dir()}/terraform-modules//bastion",
                "${get_repo_root()}/terraform-modules//bastio\\u006e",
                "",
            })
    void theSourceIsAConfiguredModule(String source) {
        replace("${get_repo_root()}/terraform-modules//bastion", source);
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"../../../../terraform-modules//bastion", "${ get_repo_root() }/terraform-modules//bastion"})
    void theSameModuleMayBeWrittenInAnotherWay(String source) {
        replace("${get_repo_root()}/terraform-modules//bastion", source);
        assertThat(problems(InputValues.LITERAL)).isEmpty();
    }

    @Test
    void anotherModuleIsAllowedWhereItIsConfigured() {
        String module = "git::https://example.com/modules.git//bastion?ref=v1.4.0";
        replace("${get_repo_root()}/terraform-modules//bastion", module);
        assertThat(new CanonicalShape("environments", List.of(new ModuleSource(module)), InputValues.LITERAL)
                        .problems(tree, DIRECTORY))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "generate \"x\" {\n  path = \"x.tf\"\n  contents = \"\"\n}",
                "generate = { x = { path = \"x.tf\", contents = \"\", if_exists = \"overwrite\" } }",
                "remote_state {\n  backend = \"s3\"\n}",
                "remote_state = { backend = \"s3\" }",
                "catalog {\n}",
                "engine {\n  source = \"x\"\n}",
                "feature \"x\" {\n  default = run_cmd(\"id\")\n}",
                "exclude {\n  if = true\n}",
                "errors {\n}",
                "iam_role = \"arn:aws:iam::123456789012:role/other\"",
                "terraform_binary = \"./evil\"",
                "download_dir = \"..\"",
                "prevent_destroy = true",
                "skip = true",
                "include \"more\" {\n  path = \"../more.hcl\"\n}",
                "terraform {\n  source = \"./m\"\n}",
                "locals {\n  x = run_cmd(\"id\")\n}",
                "locals {\n  x = read_terragrunt_config(\"../x.hcl\")\n}",
            })
    void onlyKnownPartsAreInTheFile(String part) {
        tree.file(FILE, TEXT + part + "\n");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
        assertThat(problems(InputValues.LITERAL)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "before_hook \"x\" {\n    commands = [\"plan\"]\n    execute = [\"id\"]\n  }",
                "after_hook \"x\" {\n    commands = [\"plan\"]\n    execute = [\"id\"]\n  }",
                "error_hook \"x\" {\n    commands = [\"plan\"]\n    execute = [\"id\"]\n  }",
                "extra_arguments \"x\" {\n    commands = [\"apply\"]\n    arguments = [\"-target=x\"]\n  }",
                "include_in_copy = [\"*\"]",
                "copy_terraform_lock_file = false",
            })
    void theTerraformBlockHasASourceAlone(String part) {
        replace("bastion\"\n}", "bastion\"\n  " + part + "\n}");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "path = \"../root.hcl\"",
                "path = find_in_parent_folders(\"other.hcl\")",
                "path = find_in_parent_folders()",
                "path = find_in_parent_folders(\"root.hcl\", run_cmd(\"id\"))",
                "path = find_in_parent_folders(\"root.hcl\")\n  merge_strategy = \"deep\"",
                "path = true ? find_in_parent_folders(\"root.hcl\") : \"x\"",
            })
    void theIncludeIsTheRoot(String path) {
        replace("path = find_in_parent_folders(\"root.hcl\")", path);
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "\"${get_env(\"AWS_SECRET_ACCESS_KEY\")}\"",
                "get_env(\"AWS_SECRET_ACCESS_KEY\", \"\")",
                "run_cmd(\"id\")",
                "run_cmd /* x */ (\"id\")",
                "\"${\"${run_cmd(\"id\")}\"}\"",
                "{ (run_cmd(\"id\")) = 1 }",
                "[for x in [1] : run_cmd(\"id\")]",
                "read_terragrunt_config(\"../x.hcl\")",
                "sops_decrypt_file(\"x\")",
                "file(\"/proc/self/environ\")",
                "filebase64(\"/etc/passwd\")",
                "fileset(\"/\", \"*\")",
                "templatefile(\"/etc/passwd\", {})",
                "get_aws_caller_identity_arn()",
                "get_terraform_command()",
                "read_tfvars_file(\"x\")",
                "render_env_templates(\"x\")",
                "provider::local::direxists(\"/\")",
            })
    void noInputReadsWhatIsNotInTheFile(String value) {
        replace("\"vpc-1\"", value);
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
        assertThat(problems(InputValues.LITERAL)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"local.team", "\"${local.team}-x\"", "upper(\"x\")", "dependency.network.outputs.vpc_id"})
    void aComputedInputIsForTerragruntAlone(String value) {
        replace("\"vpc-1\"", value);
        assertThat(problems(InputValues.COMPUTED)).isEmpty();
        assertThat(problems(InputValues.LITERAL)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "deploy_bastion = 2",
                "deploy_bastion = \"1\"",
                "deploy_bastion = true",
                "deploy_bastion = local.team"
            })
    void theSwitchIsALiteral(String text) {
        replace("deploy_bastion        = 0", text);
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "(join(\"_\", [\"deploy\", \"bastion\"])) = 1",
                "(\"deploy_bastion\") = 1",
                "(local.team) = 1",
                "\"deploy_${\"bastion\"}\" = 1",
                "\"deploy_${local.team}\" = 1",
                "\"deploy_\\u0062astion\" = 1",
                "\"deploy_\\U00000062astion\" = 1",
                "\"deploy_bastion\" = 1",
                "deploy_bastion = 1",
                "\"%{ if true }deploy_bastion%{ endif }\" = 1",
            })
    void noSecondInputIsTheSwitchOrMayBeIt(String second) {
        for (String text :
                List.of("deploy_bastion        = 0\n  " + second, second + "\n  deploy_bastion        = 0")) {
            replace("deploy_bastion        = 0", text);
            assertThat(problems(InputValues.COMPUTED)).as(text).isNotEmpty();
            assertThat(problems(InputValues.LITERAL)).as(text).isNotEmpty();
        }
    }

    @Test
    void aDependencyIsCheckedLikeTheEnvironment() {
        String dependency = """
                dependency "network" {
                  config_path = "../../../shared/network"
                }
                """;
        String unit = """
                include "root" {
                  path = find_in_parent_folders("root.hcl")
                }
                terraform {
                  source = "${get_repo_root()}/terraform-modules//network"
                }
                """;
        tree.file(FILE, TEXT + dependency).file("environments/shared/network/terragrunt.hcl", unit);
        assertThat(problems(InputValues.COMPUTED)).isEmpty();
        assertThat(problems(InputValues.LITERAL)).isNotEmpty();

        tree.file("environments/shared/network/terragrunt.hcl", unit + "locals {\n  x = run_cmd(\"id\")\n}\n");
        assertThat(problems(InputValues.COMPUTED))
                .extracting(ShapeProblem::sentence)
                .containsExactly("environments/shared/network/terragrunt.hcl:8: "
                        + "the function `run_cmd` is not allowed. Write its value.");

        tree.file(
                "environments/shared/network/terragrunt.hcl",
                unit.replace("terraform-modules//network", "environments/m"));
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
        tree.file(
                "environments/shared/network/terragrunt.hcl",
                unit.replace("${get_repo_root()}/terraform-modules", "."));
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
        tree.file("environments/shared/network/terragrunt.hcl", unit).file("environments/shared/root.hcl", "");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
        tree.without("environments/shared/root.hcl").without("environments/shared/network/terragrunt.hcl");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
    }

    @Test
    void aDependencyOutsideOfTheEnvironmentsIsRefused() {
        tree.file(FILE, TEXT + "dependency \"x\" {\n  config_path = \"../../../../evil\"\n}\n")
                .file("evil/terragrunt.hcl", "");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
        tree.file(FILE, TEXT + "dependency \"x\" {\n  config_path = \"../../../../../evil\"\n}\n");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
        tree.file(FILE, TEXT + "dependency \"x\" {\n  config_path = \"${get_repo_root()}/evil\"\n}\n");
        assertThat(problems(InputValues.COMPUTED)).isNotEmpty();
    }

    @Test
    void aProblemHasItsLineAndNoHiddenCharacters() {
        replace("\"vpc-1\"", "run_cmd(\"id\")");
        assertThat(problems(InputValues.LITERAL))
                .extracting(ShapeProblem::sentence)
                .containsExactly(
                        FILE + ":14: the function `run_cmd` is not allowed. Write its value.",
                        FILE + ":14: `inputs.vpc_id` is computed, so only Terragrunt can read it. Write its value.");
        tree.file(DIRECTORY + "/x\u001b[31m\u202e.tf", "");
        assertThat(problems(InputValues.LITERAL))
                .allMatch(problem -> problem.sentence().chars().allMatch(letter -> letter >= ' ' && letter < 0x2000));
    }

    @Test
    void aHugeOrBrokenFileIsAProblem() {
        tree.file(FILE, TEXT + "#".repeat(300_000));
        assertThat(problems(InputValues.LITERAL)).hasSize(1);
        tree.file(FILE, "inputs = {\n  deploy_bastion = 0\n");
        assertThat(problems(InputValues.LITERAL)).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(FILE);
            assertThat(problem.line()).isPositive();
        });
    }

    private void replace(String from, String to) {
        assertThat(TEXT).contains(from);
        tree.file(FILE, TEXT.replace(from, to));
    }

    private List<ShapeProblem> problems(InputValues values) {
        return new CanonicalShape("environments", List.of(Layout.STANDARD_MODULE), values).problems(tree, DIRECTORY);
    }
}
