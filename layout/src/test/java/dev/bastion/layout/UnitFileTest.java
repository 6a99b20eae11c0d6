package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.file.AuditPaths;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each deviation of a {@code terragrunt.hcl}, with its line and its words. */
class UnitFileTest {
    private static final String DIRECTORY = "environments/dev/bastion";
    private static final String INCLUDE = "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\n";
    private static final String SOURCE =
            "terraform {\n  source = \"${get_repo_root()}/terraform-modules//bastion\"\n}\n";
    private static final String INPUTS = "inputs = {\n  deploy_bastion = 0\n}\n";

    private static List<String> problems(InputValues values, String text) {
        String file = DIRECTORY + "/terragrunt.hcl";
        return new UnitFile(
                        DIRECTORY,
                        "environments",
                        List.of(Layout.STANDARD_MODULE),
                        values,
                        Optional.of(AuditPaths.OF_A_UNIT))
                .problems(new FakeTree().file(file, text)).stream()
                        .map(problem -> problem.sentence().substring(file.length()))
                        .toList();
    }

    private static List<String> problems(String text) {
        return problems(InputValues.COMPUTED, text);
    }

    @ParameterizedTest
    @EnumSource(InputValues.class)
    void theThreePartsAreEnough(InputValues values) {
        assertThat(problems(values, INCLUDE + SOURCE + INPUTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "0 | ^^",
                "1 | ^include \"other\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}^",
                "1 | ^include {\n  path = find_in_parent_folders(\"root.hcl\")\n}^",
                "1 | ^include \"root\" \"x\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}^",
                "1 | ^include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n  x {\n  }\n}^",
                "1 | ^include \"root\" {\n  path = \"../root.hcl\"\n}^",
                "1 | ^include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n  x = 1\n}^",
                "1 | ^include \"root\" {\n  expose = true\n}^",
                "1 | ^include \"root\" {\n}^",
                "4 | ^include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n}\ninclude \"x\" {\n}^",
            })
    void theIncludeIsTheRootAlone(int line, String include) {
        assertThat(problems(include + "\n" + SOURCE + INPUTS))
                .containsExactly((line == 0 ? "" : ":" + line)
                        + ": the one include must be `include \"root\"` with the path"
                        + " `find_in_parent_folders(\"root.hcl\")`. Write it so, without other attributes.");
    }

    @Test
    void onlyTerragruntExposesTheRoot() {
        String exposed = INCLUDE.replace("\n}", "\n  expose = true\n}");
        assertThat(problems(exposed + SOURCE + INPUTS)).isEmpty();
        assertThat(problems(InputValues.LITERAL, exposed + SOURCE + INPUTS)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "0 | ^^",
                "4 | ^terraform {\n}^",
                "4 | ^terraform {\n  source = \"x\"\n  extra = 1\n}^",
                "4 | ^terraform {\n  source = \"x\"\n  before_hook \"x\" {\n  }\n}^",
                "4 | ^terraform \"x\" {\n  source = \"${get_repo_root()}/terraform-modules//bastion\"\n}^",
                "4 | ^terraform {\n  source = \"x\"\n}\nterraform {\n  source = \"y\"\n}^",
            })
    void theTerraformBlockIsOneSource(int line, String terraform) {
        assertThat(problems(INCLUDE + terraform + "\n" + INPUTS))
                .containsExactly((line == 0 ? "" : ":" + line)
                        + ": the one block `terraform` must have a `source` and nothing else. Remove the rest.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"terraform-modules//bastion\"",
                "local.source",
                "1",
                "null",
                "lower(\"${get_repo_root()}/terraform-modules//bastion\")",
                "\"${get_repo_root()}/terraform-modules//bastio\\u006e\"",
                "\"${get_repo_root()}/terraform-modules//bastion\" == \"\"",
                "true ? \"${get_repo_root()}/terraform-modules//bastion\" : \"x\"",
                "\"${get_repo_root()}/environments/m\"",
                "\"${get_repo_root()}/terraform-modules//other\"",
            })
    void theSourceIsOneOfTheModules(String source) {
        assertThat(problems(INCLUDE + "terraform {\n  source = " + source + "\n}\n" + INPUTS))
                .containsExactly(":4: its `source` is not a configured module."
                        + " Write `${get_repo_root()}/terraform-modules//bastion`.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "LITERAL | created_at = local.x | ^`inputs.created_at` is computed, so only Terragrunt can read it^",
                "COMPUTED | created_at = local.x | ^`inputs.created_at` must be a literal^",
                "COMPUTED | expires_at = [upper(\"x\")] | ^`inputs.expires_at` must be a literal^",
                "LITERAL | vpc_id = upper(\"x\") | ^`inputs.vpc_id` is computed, so only Terragrunt can read it^",
            })
    void whatMustBeALiteral(InputValues values, String input, String sentence) {
        String inputs = INPUTS.replace("0\n}", "0\n  " + input + "\n}");
        assertThat(problems(values, INCLUDE + SOURCE + inputs))
                .containsExactly(":9: " + sentence + ". Write its value.");
    }

    @Test
    void localValuesAreLiteralsWhereNothingIsEvaluated() {
        String locals = "locals {\n  a = 1\n  b = local.a\n}\n";
        assertThat(problems(INCLUDE + SOURCE + locals + INPUTS)).isEmpty();
        assertThat(problems(InputValues.LITERAL, INCLUDE + SOURCE + locals + INPUTS))
                .containsExactly(":9: `locals.b` is computed, so only Terragrunt can read it. Write its value.");
    }

    @Test
    void theInputsAreOfAnEnvironmentAlone() {
        UnitFile unit = new UnitFile(
                "environments/a",
                "environments",
                List.of(Layout.STANDARD_MODULE),
                InputValues.COMPUTED,
                Optional.empty());
        FakeTree tree = new FakeTree().file("environments/a/terragrunt.hcl", INCLUDE + SOURCE);
        assertThat(unit.problems(tree)).isEmpty();
        assertThat(unit.dependencies(tree)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1.0", "0.00", "1e0", "0.000000000000000000"})
    void theSwitchIsTheNumberZeroOrOne(String number) {
        assertThat(problems(INCLUDE + SOURCE + "inputs = {\n  deploy_bastion = " + number + "\n}\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "0.5", "\"1\"", "true", "null", "1e999999999", "1e-999999999", "1e99999999999"})
    void theSwitchIsNothingElse(String value) {
        assertThat(problems(INCLUDE + SOURCE + "inputs = {\n  deploy_bastion = " + value + "\n}\n"))
                .containsExactly(
                        ": `inputs.deploy_bastion` must be the number 0 or 1. Write 0 to close the environment.");
    }

    @Test
    void theSwitchMayBeInTheLastObjectOfAMerge() {
        String merged = "inputs = merge(local.common, {\n  deploy_bastion = 0\n})\n";
        assertThat(problems(INCLUDE + SOURCE + merged)).isEmpty();
        assertThat(problems(InputValues.LITERAL, INCLUDE + SOURCE + merged))
                .containsExactly(":7: `inputs` is a call, so only Terragrunt can read it. Write `inputs = { … }`.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merge({ deploy_bastion = 0 }, local.common)",
                "merge({ deploy_bastion = 0 }, {})",
                "merge([{ deploy_bastion = 0 }]...)",
                "merge(local.common, { deploy_bastion = local.on })",
            })
    void theSwitchIsInNoOtherPartOfACall(String inputs) {
        assertThat(problems(INCLUDE + SOURCE + "inputs = " + inputs + "\n")).isNotEmpty();
    }

    @Test
    void aFileWithoutInputsHasNoSwitch() {
        assertThat(problems(INCLUDE + SOURCE)).hasSize(1);
    }

    @Test
    void aDependencyHasALiteralPathForTerragruntAlone() {
        String dependency = "dependency \"a\" {\n  config_path = local.a\n}\n";
        assertThat(problems(INCLUDE + SOURCE + INPUTS + dependency))
                .containsExactly(":10: the `config_path` of a dependency must be a literal. Write the directory.");
        assertThat(problems(InputValues.LITERAL, INCLUDE + SOURCE + INPUTS + dependency.replace("local.a", "\"../a\"")))
                .containsExactly(":10: the block `dependency` is not allowed. Remove it.");
    }

    @Test
    void aFileHasAtMostAQuarterOfAMebibyte() {
        String text = INCLUDE + SOURCE + INPUTS + "# ";
        String longest = text + "x".repeat(256 * 1024 - text.length());
        assertThat(problems(longest)).isEmpty();
        assertThat(problems(longest + "x"))
                .containsExactly(": it is no file of at most 256 KiB. Shorten or restore it.");
    }
}
