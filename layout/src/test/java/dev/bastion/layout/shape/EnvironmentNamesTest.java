package dev.bastion.layout.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.FakeTree;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.ShapeProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentNamesTest {
    private static final Layout LAYOUT = new Layout(
            "live",
            List.of(
                    new PathPattern("live/{name}/bastion.auto.tfvars"),
                    new PathPattern("live/{name}/terragrunt.stack.hcl"),
                    new PathPattern("live/{name}/terragrunt.hcl")),
            List.of(),
            List.of());
    private static final String UNIT = "live/a/terragrunt.hcl";
    private static final String STACK = "live/a/terragrunt.stack.hcl";
    private static final String VALUES = "live/a/bastion.auto.tfvars";

    private final FakeTree tree = new FakeTree();

    private boolean isUndecided(String file) {
        return EnvironmentNames.isUndecided(tree, file, LAYOUT);
    }

    private Optional<String> problem(String file) {
        return EnvironmentNames.problem(tree, file, LAYOUT).map(ShapeProblem::sentence);
    }

    private void rootModule(String environment) {
        tree.file(VALUES, "")
                .file("live/a/main.tf", "# first\nmodule \"bastion\" {\n" + environment + "\n}\n")
                .file("live/a/variables.tf", "variable \"given\" {}\nvariable \"b\" { default = \"b\" }\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inputs = { size = 1 }                                             | true",
                "inputs = merge({ size = 1 }, { size = 2 })                        | true",
                "inputs = { environment = \"a\" }                                  | false",
                "inputs = merge({ environment = \"a\" }, { size = 1 })             | false",
                "inputs = merge(include.root.locals.x, { size = 1 })               | false",
                "locals { x = 1 }                                                  | false",
            })
    void ofAUnitItIsUndecidedWhereTheFileDoesNotNameIt(String content, boolean isUndecided) {
        tree.file(UNIT, content + "\n");
        assertThat(isUndecided(UNIT)).isEqualTo(isUndecided);
    }

    @Test
    void ofAStackItIsUndecidedWhereItsUnitMayName() {
        tree.file(STACK, "unit \"bastion\" {\n  values = { size = 1 }\n}\n");
        assertThat(isUndecided(STACK)).isTrue();
        tree.file(STACK, "unit \"bastion\" {\n  values = { environment = \"a\" }\n}\n");
        assertThat(isUndecided(STACK)).isFalse();
        assertThat(problem(STACK)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "environment = \"a\"             | false",
                "environment = var.b             | false",
                "environment = var.given         | true",
                "environment = data.x.y.z        | true",
                "size = 1                        | true",
            })
    void ofARootModuleItIsUndecidedWhereOnlyARunKnowsIt(String environment, boolean isUndecided) {
        rootModule(environment);
        assertThat(isUndecided(VALUES)).isEqualTo(isUndecided);
    }

    @Test
    void theNameInARootModuleIsThatOfTheEnvironment() {
        rootModule("environment = var.b");
        assertThat(problem(VALUES))
                .contains("live/a/main.tf:2: its `environment` is not the name of its resources. Write `environment ="
                        + " \"a\"`.");
        rootModule("environment = \"a\"");
        assertThat(problem(VALUES)).isEmpty();
        rootModule("environment = var.given");
        assertThat(problem(VALUES)).isEmpty();
        tree.file(VALUES, "environment = \"b\"\n");
        assertThat(problem(VALUES))
                .contains(VALUES + ":1: `environment` is not the name of its resources. Write `environment = \"a\"`.");
    }

    @Test
    void whatCannotBeReadHasNoName() {
        tree.file(VALUES, "").file("live/a/main.tf", "module \"bastion\" {");
        assertThat(problem(VALUES)).isEmpty();
        assertThat(isUndecided(VALUES)).isTrue();
        assertThat(isUndecided(UNIT)).isFalse();
        assertThat(problem(UNIT)).isEmpty();
    }

    @Test
    void theRootModuleBesideAUnitIsNone() {
        tree.file(UNIT, "inputs = { environment = \"a\" }\n")
                .file("live/a/main.tf", "module \"bastion\" {\n  environment = \"b\"\n}\n");
        assertThat(problem(UNIT)).isEmpty();
    }
}
