package dev.bastion.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.layout.account.AwsAccounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NameProblemsTest {
    private static final Layout LAYOUT = new Layout(
            "access",
            List.of(
                    new PathPattern("live/{name}/x.hcl"),
                    new PathPattern("more/{name}/x.hcl"),
                    new PathPattern("tf/{name}/bastion.auto.tfvars"),
                    new PathPattern("stacks/{name}/terragrunt.stack.hcl")),
            List.of(),
            List.of(),
            List.of(),
            AwsAccounts.NONE,
            new EnvironmentAliases(Map.of(new EnvironmentName("ord"), new EnvironmentName("orders"))),
            EnvironmentChannels.NONE);

    private static List<String> problems(String file, String... files) {
        List<String> existing = List.of(files);
        List<EnvironmentName> all = Stream.of(files)
                .flatMap(path -> LAYOUT.environmentAt(path).stream())
                .toList();
        return NameProblems.of(file, LAYOUT, all, existing::contains).stream()
                .map(ShapeProblem::sentence)
                .toList();
    }

    @Test
    void aNameOfItsOwnHasNone() {
        assertThat(problems("live/a/x.hcl", "live/a/x.hcl", "more/b/x.hcl")).isEmpty();
    }

    @Test
    void bothFilesAreNamed() {
        assertThat(problems("live/A/x.hcl", "live/A/x.hcl", "more/a/x.hcl"))
                .containsExactly("live/A/x.hcl: its resources would have the names of those of a (more/a/x.hcl)."
                        + " Rename one of them.");
        assertThat(problems("live/a/x.hcl", "live/a/x.hcl", "more/a/x.hcl"))
                .containsExactly(
                        "live/a/x.hcl: it has the name of the environment of more/a/x.hcl. Remove one of them.");
    }

    @Test
    void anAliasOfAnotherIsNoName() {
        assertThat(problems("live/ORD/x.hcl", "live/ORD/x.hcl"))
                .containsExactly("live/ORD/x.hcl: its name is an alias of orders in ledger.yaml. Rename it, or remove"
                        + " the alias.");
    }

    @Test
    void whatIsNoEnvironmentHasNone() {
        assertThat(problems("other/a/x.hcl", "live/a/x.hcl")).isEmpty();
    }

    private static Optional<String> input(String file, String text) {
        return NameProblems.inputProblem(file, text.getBytes(UTF_8), LAYOUT).map(ShapeProblem::sentence);
    }

    @Test
    void theResourcesHaveTheNameOfTheEnvironment() {
        assertThat(input("live/Prod/My_DB/x.hcl", "inputs = {\n  environment = \"prod-my-db\"\n}\n"))
                .isEmpty();
        assertThat(input("live/dev/x.hcl", "inputs = {\n  size  = 1\n  environment = \"prod\"\n}\n"))
                .contains(
                        "live/dev/x.hcl:3: `inputs.environment` is not the name of its resources. Write `environment ="
                                + " \"dev\"`.");
        assertThat(input("live/dev/x.hcl", "inputs = {\n  environment = 1\n}\n"))
                .isPresent();
    }

    @Test
    void theNameOfTheResourcesStandsBesideTheAuditValues() {
        assertThat(input("tf/dev/bastion.auto.tfvars", "environment = \"prod\"\n"))
                .contains("tf/dev/bastion.auto.tfvars:1: `environment` is not the name of its resources. Write"
                        + " `environment = \"dev\"`.");
        assertThat(input(
                        "stacks/dev/terragrunt.stack.hcl",
                        "unit \"bastion\" {\n  values = {\n    environment = \"prod\"\n  }\n}\n"))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("stacks/dev/terragrunt.stack.hcl:3: `unit.bastion.values.environment`"));
        assertThat(input("stacks/dev/terragrunt.stack.hcl", "unit \"bastion\" {\n  values = {}\n}\n"))
                .isEmpty();
    }

    @Test
    void aComputedNameOfResourcesIsNone() {
        assertThat(input("live/dev/x.hcl", "inputs = {\n  environment = local.name\n}\n"))
                .contains("live/dev/x.hcl:2: `inputs.environment` cannot be read as one literal. Write `environment ="
                        + " \"dev\"`.");
        assertThat(input("live/dev/x.hcl", "inputs = {\n  environment = \"dev\"\n  environment = \"prod\"\n}\n"))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).startsWith("live/dev/x.hcl:2: `inputs.environment`"));
    }

    @Test
    void whatTheFilesOwnLocalsAndMergeSayDecides() {
        String locals = "locals {\n  name = \"dev\"\n  common = { environment = \"dev\" }\n}\n";
        assertThat(input("live/dev/x.hcl", locals + "inputs = {\n  environment = local.name\n}\n"))
                .isEmpty();
        assertThat(input("live/dev/x.hcl", locals + "inputs = merge(local.common, { size = 1 })\n"))
                .isEmpty();
        assertThat(input("live/qa/x.hcl", locals + "inputs = {\n  size = 1\n  environment = local.name\n}\n"))
                .contains("live/qa/x.hcl:7: `inputs.environment` is not the name of its resources. Write"
                        + " `environment = \"qa\"`.");
        assertThat(input("live/qa/x.hcl", locals + "inputs = merge(local.common, { size = 1 })\n"))
                .contains("live/qa/x.hcl:5: `inputs.environment` is not the name of its resources. Write"
                        + " `environment = \"qa\"`.");
        assertThat(input("live/qa/x.hcl", "inputs = merge(include.root.locals.common, { size = 1 })\n"))
                .contains("live/qa/x.hcl:1: `inputs.environment` cannot be read as one literal. Write"
                        + " `environment = \"qa\"`.");
        assertThat(input("live/qa/x.hcl", "inputs = merge({ a = 1 }, { size = 1 })\n"))
                .isEmpty();
    }

    @Test
    void aTfvarsFileHasNoLocals() {
        assertThat(input("tf/dev/bastion.auto.tfvars", "environment = local.name\n"))
                .contains("tf/dev/bastion.auto.tfvars:1: `environment` cannot be read as one literal. Write"
                        + " `environment = \"dev\"`.");
    }

    @Test
    void aFileThatNamesNoResourcesHasNoProblemOfTheirName() {
        assertThat(input("live/dev/x.hcl", "inputs = {\n  size = 1\n}\n")).isEmpty();
        assertThat(input("other/dev/x.hcl", "inputs = {\n  environment = \"prod\"\n}\n"))
                .isEmpty();
    }

    @Test
    void anAliasThatIsTheNameOfAnEnvironmentIsNamedWithItsFile() {
        assertThat(NameProblems.clashes(
                        LAYOUT,
                        List.of(new EnvironmentName("ORD"), new EnvironmentName("a")),
                        "more/ORD/x.hcl"::equals))
                .containsExactly(
                        "ledger.yaml: the alias ord is the name of the environment of more/ORD/x.hcl; choose another"
                                + " alias");
        assertThat(NameProblems.clashes(LAYOUT, List.of(new EnvironmentName("a")), path -> true))
                .isEmpty();
    }
}
