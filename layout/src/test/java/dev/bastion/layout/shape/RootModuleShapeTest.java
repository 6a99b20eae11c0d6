package dev.bastion.layout.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.layout.FakeTree;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.RepositoryTree.Kind;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RootModuleShapeTest {
    private static final String FILE = "environments/dev/bastion.auto.tfvars";
    private static final String MAIN = "environments/dev/main.tf";
    private static final ModuleSource REMOTE =
            new ModuleSource("git::https://github.com/acme/modules.git//bastion?ref=v1.4.0");
    private static final String VALUES = """
        deploy_bastion        = 0
        requested_by_user_id  = ""
        requested_by_username = ""
        created_at            = ""
        expires_at            = ""
        """;
    private static final String BACKEND = """
        terraform {
          required_version = ">= 1.9"
          required_providers {
            aws = { source = "hashicorp/aws", version = "~> 5.100" }
          }
          backend "s3" {
            bucket = "state"
          }
        }
        """;
    private static final String CALL = """
        module "bastion" {
          source = "../../terraform-modules/bastion"
          deploy_bastion = var.deploy_bastion
          requested_by_user_id = var.requested_by_user_id
          requested_by_username = var.requested_by_username
          created_at = var.created_at
          expires_at = var.expires_at
        }
        """;
    private static final String REST = """
        provider "aws" {
          region = local.region
          default_tags { tags = { team = "x" } }
        }
        locals { region = lower("EU-WEST-1") }
        variable "deploy_bastion" { default = 0 }
        output "x" { value = module.bastion.x }
        data "aws_vpc" "main" { id = "vpc-1" }
        data "terraform_remote_state" "network" { backend = "s3" }
        """;

    private static FakeTree tree() {
        return new FakeTree()
                .file(FILE, VALUES)
                .file(MAIN, BACKEND + CALL + REST)
                .file("environments/dev/.terraform.lock.hcl", "not HCL {{{")
                .file("environments/dev/README.md", "x")
                .file("environments/dev/notes.txt", Kind.SYMLINK, "x");
    }

    private static List<String> problems(FakeTree tree) {
        Layout layout = new Layout(
                "environments",
                List.of(new PathPattern("environments/{name}/bastion.auto.tfvars")),
                List.of(Layout.STANDARD_MODULE, REMOTE),
                List.of());
        return new EnvironmentShape(layout, _ -> true)
                .problems(tree, FILE).stream().map(ShapeProblem::sentence).toList();
    }

    private static List<String> withMain(String text) {
        return problems(tree().file(MAIN, text));
    }

    @Test
    void aRootModuleWithTheBastionAndNothingElseIsCanonical() {
        assertThat(problems(tree())).isEmpty();
        assertThat(withMain(BACKEND + CALL.replace("../../terraform-modules/bastion", REMOTE.address())))
                .isEmpty();
        assertThat(withMain(BACKEND + CALL.replace("modules/bastion", "modules//bastion")))
                .isEmpty();
        assertThat(withMain(
                        BACKEND.replace("{ source = \"hashicorp/aws\", version = \"~> 5.100\" }", "\"~> 5.0\"") + CALL))
                .isEmpty();
        assertThat(problems(tree().file(MAIN, CALL).file("environments/dev/versions.tf", BACKEND + REST)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resource \"aws_instance\" \"x\" {}|1|the block `resource \"aws_instance\" \"x\"` is not allowed",
                "moved {}|1|the block `moved` is not allowed",
                "import {}|1|the block `import` is not allowed",
                "check \"x\" {}|1|the block `check \"x\"` is not allowed",
                "module \"other\" { source = \"./x\" }|1|the module \"other\" is not the bastion's",
                "provider \"external\" {}|1|the provider \"external\" is not allowed",
                "provider \"aws\" \"x\" {}|1|the provider \"aws\" \"x\" is not allowed",
                "data \"external\" \"x\" {}|1|the data source \"external\" \"x\" is not allowed",
                "data \"http\" \"x\" {}|1|the data source \"http\" \"x\" is not allowed",
                "data \"aws_lambda_invocation\" \"x\" {}|1|the data source \"aws_lambda_invocation\" \"x\" is not"
                        + " allowed",
                "data {}|1|the data source is not allowed",
                "terraform { cloud {} }|1|the block `terraform.cloud` is not allowed",
                "terraform { experiments = [x] }|1|the attribute `terraform.experiments` is not allowed",
                "x = 1|0|the attribute `x` is not allowed",
                "locals { a = file(\"x\") }|1|the function `file` reads a file",
                "locals { a = templatefile(\"x\", {}) }|1|the function `templatefile` reads a file",
                "locals { a = timestamp() }|1|the function `timestamp` reads a file, or gives another value",
                "locals {|1|not closed",
            })
    void whatIsNoPartOfTheBastionIsRefusedWithItsLine(String text, int line, String problem) {
        String added = "environments/dev/added.tf";
        assertThat(problems(tree().file(added, text + "\n")))
                .singleElement()
                .asString()
                .startsWith(line == 0 ? added + ": " : added + ":" + line + ": ")
                .contains(line > 0 && problem.equals("not closed") ? "`" : problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hashicorp/aws\"|\"hashicorp/random\"|:3: the provider `aws` is not hashicorp/aws. Remove it.",
                "\"hashicorp/aws\"|local.source|:3: the provider `aws` is not hashicorp/aws",
                "aws = {|null = {|:3: the provider `null` is not hashicorp/aws",
                "{ source = \"hashicorp/aws\", version = \"~> 5.100\" }|5|:3: the provider `aws` is not hashicorp/aws",
                "\"s3\"|\"local\"|:6: the backend \"local\" is not s3. Write `backend \"s3\"`.",
                "../../terraform-modules/bastion|../../terraform-modules/other|:10: its `source` is not a configured"
                        + " module. Write `../../terraform-modules/bastion` or"
                        + " `git::https://github.com/acme/modules.git//bastion?ref=v1.4.0`",
                "../../terraform-modules/bastion|../terraform-modules/bastion|:10: its `source` is not",
                "../../terraform-modules/bastion|terraform-modules/bastion|:10: its `source` is not",
                "../../terraform-modules/bastion|$${get_repo_root()}/terraform-modules//bastion|:10: its `source` is"
                        + " not",
                "\"../../terraform-modules/bastion\"|local.source|:10: its `source` is not",
                "source = \"..|count = 1%n  source = \"..|:10: `count` makes any number of bastions of it. Remove it",
                "source = \"..|for_each = {}%n  source = \"..|:10: `for_each` makes any number",
                "source = \"..|version = \">= 1.0.0\"%n  source = \"..|:10: its `version` is not one version",
                "source = \"..|version = local.v%n  source = \"..|:10: its `version` is not one version",
                "source = \"..|x {}%n  source = \"..|:11: the block `x` is not allowed in a module",
                "var.expires_at|local.expires_at|:10: its `expires_at` is not the variable that the service writes."
                        + " Write `expires_at = var.expires_at`.",
                "var.deploy_bastion|1|:10: its `deploy_bastion` is not the variable",
                "created_at = var.created_at||:10: its `created_at` is not the variable",
            })
    void aPartOfTheBastionInAnotherFormIsRefused(String old, String now, String problem) {
        String replacement = Optional.ofNullable(now).orElse("").replace("%n", "\n");
        assertThat(withMain((BACKEND + CALL).replace(old, replacement)))
                .isNotEmpty()
                .first()
                .asString()
                .startsWith(MAIN + problem);
    }

    @Test
    void theResourcesHaveTheNameOfTheEnvironment() {
        assertThat(withMain(BACKEND + CALL.replace("source =", "environment = \"prod\"\n  source =")))
                .containsExactly(MAIN + ":10: its `environment` is not the name of its resources. Write `environment ="
                        + " \"dev\"`.");
        assertThat(withMain(BACKEND + CALL.replace("source =", "environment = \"dev\"\n  source =")))
                .isEmpty();
        assertThat(withMain(BACKEND + CALL.replace("source =", "environment = var.x\n  source =")))
                .isEmpty();
        assertThat(withMain(BACKEND + CALL.replace("source", "environment = \"prod\"\n  source")
                        + "resource \"x\" \"y\" {}"))
                .as("first what is not allowed at all")
                .singleElement()
                .asString()
                .contains("the block `resource");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "var.x          | variable \"x\" { default = \"%s\" }",
                "local.x        | locals { x = \"%s\" }",
                "local.x        | locals { x = var.x }%nvariable \"x\" { default = \"%s\" }",
                "local.all.name | locals { all = { name = \"%s\" } }",
                "\"${local.x}\" | locals { x = \"%s\" }",
            })
    void theNameOfTheResourcesIsFollowedThroughVariablesAndLocals(String written, String definition) {
        String main = BACKEND + CALL.replace("source =", "environment = " + written + "\n  source =");
        String of = definition.replace("%n", "\n");
        assertThat(problems(tree().file(MAIN, main).file("environments/dev/names.tf", of.formatted("dev"))))
                .isEmpty();
        assertThat(problems(tree().file(MAIN, main).file("environments/dev/names.tf", of.formatted("prod"))))
                .containsExactly(MAIN + ":10: its `environment` is not the name of its resources. Write `environment ="
                        + " \"dev\"`.");
    }

    @Test
    void aValueBesideTheAuditValuesOverridesTheDefaultOfTheName() {
        FakeTree tree = tree().file(
                        MAIN,
                        BACKEND + CALL.replace("source =", "environment = var.x\n  source =")
                                + "variable \"x\" { default = \"dev\" }\n");
        assertThat(problems(tree.file("environments/dev/terraform.tfvars", "x = \"prod\"\n")))
                .hasSize(1);
        assertThat(problems(tree.file("environments/dev/z.auto.tfvars", "x = \"dev\"\n")))
                .isEmpty();
    }

    @Test
    void aFixedVersionIsAllowed() {
        assertThat(withMain(BACKEND + CALL.replace("source =", "version = \"1.4.0\"\n  source =")))
                .isEmpty();
    }

    @Test
    void thereIsOneBastionAndOneBackend() {
        assertThat(withMain(BACKEND))
                .containsExactly(
                        "environments/dev: it has no module `bastion`. Write one block `module \"bastion\"` with the"
                                + " source `../../terraform-modules/bastion` or"
                                + " `git::https://github.com/acme/modules.git//bastion?ref=v1.4.0`.");
        assertThat(withMain(CALL))
                .containsExactly(
                        "environments/dev: it has no backend, and a run keeps no local state. Write one block `backend"
                                + " \"s3\"`.");
        assertThat(problems(tree().file("environments/dev/more.tf", CALL + BACKEND)))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("more than one module"))
                .anyMatch(problem -> problem.contains("more than one backend"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.tf.json",
                "x.tofu",
                "x.tofu.json",
                "x.auto.tfvars.json",
                "terraform.tfvars.json",
                "override.tf",
                "x_override.tf"
            })
    void anotherFileThatTerraformReadsIsRefused(String name) {
        assertThat(problems(tree().file("environments/dev/" + name, "{}")))
                .containsExactly("environments/dev/" + name
                        + ": Terraform or OpenTofu would read it beside or instead of what is"
                        + " judged here. Write what it says into .tf and .tfvars files.");
    }

    @Test
    void aFileThatTerraformDoesNotReadIsOfNoInterest() {
        assertThat(problems(tree().file("environments/dev/myoverride.tf", "locals {}\n")
                        .file("environments/dev/.x.tf", "resource {")
                        .file("environments/dev/.x.auto.tfvars", "expires_at = 1")
                        .file("environments/dev/other.tfvars", "expires_at = 1")
                        .file("environments/dev/sub/main.tf", "resource {")))
                .isEmpty();
    }

    @Test
    void eachFileIsARegularOne() {
        assertThat(problems(tree().file("environments/dev/x.tf", Kind.EXECUTABLE, "")))
                .containsExactly(
                        "environments/dev/x.tf: it is executable. Run `git update-index --chmod=-x` on it and commit.");
        assertThat(problems(tree().file("environments/dev/terraform.tfvars", Kind.SYMLINK, "x")))
                .containsExactly(
                        "environments/dev/terraform.tfvars: it is a symbolic link. Replace it by a regular file.");
        assertThat(problems(tree().file("environments/dev/.terraform.lock.hcl", Kind.SYMLINK, "x")))
                .hasSize(1);
        assertThat(problems(tree().file("environments/dev/ma\u200bin.tf", "")))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("some file systems take its name for `main.tf`"));
    }

    @Test
    void theFileWithTheValuesMustBeThere() {
        assertThat(problems(tree().without(FILE))).containsExactly(FILE + ": it does not exist. Restore it.");
    }

    @Test
    void directoriesAndFilesAreBounded() {
        FakeTree most = tree();
        for (int file = 0; file < 95; file++) {
            most.file("environments/dev/" + file, "");
        }
        assertThat(problems(most)).isEmpty();
        assertThat(problems(most.file("environments/dev/one-more", "")))
                .containsExactly(
                        "environments/dev: it has more than 100 files. Move what is no part of the bastion away.");
        String comment = "#".repeat(256 * 1024 - 1) + "\n";
        assertThat(problems(tree().file("environments/dev/big.tf", comment))).isEmpty();
        assertThat(problems(tree().file("environments/dev/big.tf", comment + "\n")))
                .containsExactly("environments/dev/big.tf: it has more than 256 KiB. Shorten it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy_bastion        = 0|deploy_bastion = 2|:1: `deploy_bastion` must be the number 0 or 1",
                "deploy_bastion        = 0|deploy_bastion = \"0\"|:1: `deploy_bastion` must be the number 0 or 1",
                "deploy_bastion        = 0||: `deploy_bastion` must be the number 0 or 1. Write 0 to close the"
                        + " environment.",
                "deploy_bastion        = 0|deploy_bastion = true|:1: `deploy_bastion` must be",
                "created_at            = \"\"|x {}|:4: the block `x` is not allowed. Remove it.",
                "created_at            = \"\"|commit_sha = \"a\"|:4: each run sets `commit_sha` itself. Remove it.",
                "created_at            = \"\"|standing = true|:4: each run sets `standing` itself. Remove it.",
            })
    void theValuesAreLiteralsOfTheService(String old, String now, String problem) {
        String values = VALUES.replace(old, Optional.ofNullable(now).orElse(""));
        assertThat(problems(tree().file(FILE, values)))
                .singleElement()
                .asString()
                .startsWith(FILE + problem);
    }

    @Test
    void anOpenEnvironmentAndMoreValuesAreCanonical() {
        assertThat(problems(tree().file(FILE, VALUES.replace("= 0", "= 1") + "region = \"eu-west-1\"\n")))
                .isEmpty();
        assertThat(problems(tree().file("environments/dev/terraform.tfvars", "region = \"x\"\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"terraform.tfvars", "a.auto.tfvars", "z.auto.tfvars"})
    void anotherFileMustNotSetAValueOfTheServiceAgain(String name) {
        assertThat(problems(tree().file("environments/dev/" + name, "# x\nexpires_at = \"2099-01-01T00:00:00Z\"\n")))
                .containsExactly("environments/dev/" + name + ":2: `expires_at` is the service's to write, in " + FILE
                        + ". Remove it here.");
    }

    @Test
    void namesOfTheRepositoryStandForTheVariables() {
        AuditPaths paths = new AuditPaths(Optional.empty(), Map.of(AuditVariable.DEPLOY, "open"));
        RootModuleShape shape = new RootModuleShape(List.of(Layout.STANDARD_MODULE), paths, Optional.of("dev"));
        FakeTree tree = tree().file(MAIN, BACKEND + CALL.replace("var.deploy_bastion", "var.open"))
                .file(FILE, VALUES.replace("deploy_bastion", "open"));
        assertThat(shape.problems(tree, FILE)).isEmpty();
        assertThat(shape.problems(tree().file(FILE, VALUES.replace("deploy_bastion", "open")), FILE))
                .extracting(ShapeProblem::remedy)
                .containsExactly("Write `deploy_bastion = var.open`");
        assertThat(shape.problems(tree.file("environments/dev/x.auto.tfvars", "deploy_bastion = 1\n"), FILE))
                .isEmpty();
        assertThat(shape.problems(tree.file("environments/dev/x.auto.tfvars", "open = 1\n"), FILE))
                .hasSize(1);
    }

    @Test
    void theInputsOfTheBastionAreItsArgumentsWithTheValuesOfVariables() {
        RootModule module = RootModule.of(Map.of(
                "d/main.tf",
                bytes("""
                    module "bastion" {
                      source = "./m"
                      a = var.a
                      b = var.b
                      c = var.c
                      d = var.d
                      e = local.e
                    }
                    variable "a" { default = "default" }
                    variable "b" { default = "default" }
                    variable "d" {}
                    variable {}
                    output "bastion" { value = 1 }
                    """),
                "d/terraform.tfvars",
                bytes("b = \"first\"\nc = \"first\"\n"),
                "d/b.auto.tfvars",
                bytes("c = \"last\"\n"),
                "d/a.auto.tfvars",
                bytes("c = \"second\"\n"),
                "d/other.tfvars",
                bytes("a = \"x\"\n")));
        assertThat(module.bastionInputs().toString())
                .isEqualTo(
                        "{source=StringLiteral[text=./m], a=StringLiteral[text=default], b=StringLiteral[text=first],"
                                + " c=StringLiteral[text=last], d=NotLiteral[source=var.d, line=6],"
                                + " e=NotLiteral[source=local.e, line=7]}");
        assertThat(RootModule.of(Map.of()).bastionInputs()).isEmpty();
    }

    @Test
    void aLocalStandsForItsTextOrObject() {
        RootModule module = RootModule.of(Map.of(
                "d/main.tf",
                bytes("module \"bastion\" {\n  a = local.text\n  b = local.object\n  c = local.number\n}\n"
                        + "locals {\n  text = \"x\"\n  object = { y = 1 }\n  number = 1\n}\n")));
        assertThat(module.bastionInputs())
                .isEqualTo(Map.of(
                        "a",
                        new StringLiteral("x"),
                        "b",
                        new ObjectValue(Map.of("y", NumberLiteral.of(1))),
                        "c",
                        new NotLiteral("local.number", 4)));
    }

    @Test
    void theInputsOfTheBastionAreThoseOfTheFileWithItsModule() {
        RootModule module = RootModule.of(Map.of(
                "d/main.tf",
                bytes("module \"bastion\" {\n  a =  var.a # of the environment\n}\n"),
                "d/outputs.tf",
                bytes("output \"bastion\" { value = 1 }\n"),
                "d/other.tf",
                bytes("module \"other\" { a = 2 }\n"),
                "d/variables.tf",
                bytes("variable \"a\" { default = \"x\" }\n")));
        assertThat(module.bastionInputs()).isEqualTo(Map.of("a", new StringLiteral("x")));
    }

    @ParameterizedTest
    @CsvSource({
        "modules, ./bastion, true",
        "modules, ./../modules/bastion, true",
        "roots/dev, ../../modules/bastion, true",
        "roots/dev, ../../modules//bastion, true",
        "modules, bastion, false",
        "'', modules/bastion, false",
        "roots/dev, ../modules/bastion, false",
    })
    void aLocalModuleHasARelativeSource(String directory, String source, boolean isLocal) {
        assertThat(RootModule.localModule(
                                directory,
                                new StringLiteral(source),
                                List.of(REMOTE, new ModuleSource("${get_repo_root()}/modules//bastion")))
                        .isPresent())
                .isEqualTo(isLocal);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
