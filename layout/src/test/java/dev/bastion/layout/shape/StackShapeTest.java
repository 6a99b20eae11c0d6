package dev.bastion.layout.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.FakeTree;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackShapeTest {
    private static final String PATTERN = "live/{name}/terragrunt.stack.hcl";
    private static final String FILE = "live/dev/terragrunt.stack.hcl";
    private static final ModuleSource UNIT = new ModuleSource("${get_repo_root()}/units//bastion");
    private static final ModuleSource REMOTE =
            new ModuleSource("git::https://github.com/acme/units.git//bastion?ref=v1.4.0");
    private static final String STACK = """
        unit "bastion" {
          source = "${get_repo_root()}/units//bastion"
          path   = "bastion"
          values = {
            region         = "eu-west-1"
            deploy_bastion = 0
            expires_at     = ""
          }
        }
        """;

    private static List<String> problems(FakeTree tree, AuditPaths paths) {
        Layout layout = new Layout(
                "live",
                List.of(new PathPattern(PATTERN, NameTemplate.PLAIN, AwsAccounts.NONE, paths)),
                List.of(UNIT, REMOTE),
                List.of());
        return new EnvironmentShape(layout, "live/root.hcl"::equals)
                .problems(tree, FILE).stream().map(ShapeProblem::sentence).toList();
    }

    private static List<String> problems(String stack) {
        return problems(tree().file(FILE, stack), AuditPaths.usualOf(FILE));
    }

    private static FakeTree tree() {
        return new FakeTree().file("live/root.hcl", "").file(FILE, STACK);
    }

    @Test
    void aStackWithTheBastionsUnitIsCanonical() {
        assertThat(problems(STACK)).isEmpty();
        assertThat(problems(STACK.replace("= 0", "= 1"))).isEmpty();
        assertThat(problems(STACK.replace("${get_repo_root()}", "../.."))).isEmpty();
        assertThat(problems(STACK.replace("get_repo_root()", " get_repo_root() ")))
                .isEmpty();
        assertThat(problems(STACK.replace("${get_repo_root()}/units//bastion", REMOTE.address())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unit \"db\" {}|1|the block `unit \"db\"` is not allowed, because a run generates the whole stack."
                        + " Move it to another stack.",
                "stack \"bastion\" {}|1|the block `stack \"bastion\"` is not allowed",
                "stack \"other\" {}|1|the block `stack \"other\"` is not allowed",
                "locals {}|1|the block `locals` is not allowed",
                "include \"x\" \"y\" {}|1|the block `include \"x\" \"y\"` is not allowed",
                "x = 1|0|the attribute `x` is not allowed. Remove it.",
            })
    void nothingElseMayBeInTheStack(String text, int line, String problem) {
        assertThat(problems(text + "\n" + STACK))
                .singleElement()
                .asString()
                .startsWith(FILE + (line == 0 ? ": " : ":" + line + ": ") + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "units//bastion|units//other|:1: its `source` is not a configured module. Write"
                        + " `${get_repo_root()}/units//bastion` or"
                        + " `git::https://github.com/acme/units.git//bastion?ref=v1.4.0`.",
                "units//bastion|units/bastion|:1: its `source` is not",
                "${get_repo_root()}|..|:1: its `source` is not",
                "source|sauce|:1: its attribute `sauce` is not allowed. Keep source, path and values.",
                "path   = \"bastion\"|path = \"a/b\"|:1: its `path` is not the name of one directory. Write it like"
                        + " `path = \"bastion\"`.",
                "path   = \"bastion\"|path = \"..\"|:1: its `path` is not",
                "path   = \"bastion\"|path = local.x|:1: its `path` is not",
                "path   = \"bastion\"||:1: its `path` is not",
                "path   = \"bastion\"|path = \"b\"%nno_validation = true|:1: its attribute `no_validation` is not"
                        + " allowed",
                "path   = \"bastion\"|path = \"b\"%nautoinclude {}|:4: the block `autoinclude` is not allowed in a"
                        + " unit",
                "\"eu-west-1\"|local.x|:5: the value `region` is computed. Write its value.",
                "\"eu-west-1\"|[local.x]|:5: the value `region` is computed. Write its value.",
                "\"eu-west-1\"|get_env(\"X\")|:5: the function `get_env` is not allowed. Write its value.",
                "region         =|(local.x) =|:1: the name of the value",
                "deploy_bastion = 0|deploy_bastion = 2|:1: `unit.bastion.values.deploy_bastion` must be the number 0"
                        + " or 1. Write 0 to close the environment.",
                "deploy_bastion = 0|deploy_bastion = \"0\"|:1: `unit.bastion.values.deploy_bastion` must be",
                "deploy_bastion = 0||:1: `unit.bastion.values.deploy_bastion` must be",
                "values = {|values = [|:",
            })
    void theUnitHasOneForm(String old, String now, String problem) {
        assertThat(problems(
                        STACK.replace(old, Optional.ofNullable(now).orElse("").replace("%n", "\n"))))
                .isNotEmpty()
                .first()
                .asString()
                .startsWith(FILE + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge({}, {})", "local.values", "\"x\""})
    void valuesThatAreNoObjectLiteralAreRefused(String values) {
        String stack = "unit \"bastion\" {\n  source = \"../../units//bastion\"\n  path = \"b\"\n  values = " + values
                + "\n}\n";
        assertThat(problems(stack)).contains(FILE + ":1: its `values` are no object literal. Write `values = { … }`.");
    }

    @Test
    void theUnitIsThereOnce() {
        assertThat(problems("# nothing\n"))
                .containsExactly(FILE + ": it has no `unit.bastion`. Write one block `unit \"bastion\"`.");
        assertThat(problems(STACK + STACK))
                .containsExactly(
                        FILE + ":10: it has more than one `unit.bastion`. Write one block `unit \"bastion\"`.");
        assertThat(problems("unit \"bastion\" {")).singleElement().asString().startsWith(FILE + ":1: ");
    }

    @Test
    void theDirectoryHasNothingElse() {
        assertThat(problems(tree().file("live/dev/terragrunt.hcl", ""), AuditPaths.usualOf(FILE)))
                .containsExactly(
                        "live/dev/terragrunt.hcl: only terragrunt.stack.hcl, .terraform.lock.hcl and Markdown may be"
                                + " here. Remove it.");
        assertThat(problems(tree().file("live/dev/bastion.auto.tfvars", ""), AuditPaths.usualOf(FILE)))
                .hasSize(1);
        assertThat(problems(tree().file("live/dev/README.md", ""), AuditPaths.usualOf(FILE)))
                .isEmpty();
        assertThat(problems(tree().without(FILE).file("live/dev/README.md", ""), AuditPaths.usualOf(FILE)))
                .containsExactly(FILE + ": it does not exist. Restore it.");
        assertThat(problems(tree().without("live/root.hcl"), AuditPaths.usualOf(FILE)))
                .containsExactly("live/root.hcl: it is no regular file. Put the configuration of the state there.");
        assertThat(problems(tree().file(FILE, "#".repeat(256 * 1024 + 1)), AuditPaths.usualOf(FILE)))
                .containsExactly(FILE + ": it is no file of at most 256 KiB. Shorten or restore it.");
    }

    @Test
    void theUnitAndTheVariablesMayHaveOtherNames() {
        AuditPaths paths = AuditPaths.of(FILE, Optional.of("unit.access.values"), Map.of(AuditVariable.DEPLOY, "open"));
        String stack = STACK.replace("unit \"bastion\"", "unit \"access\"").replace("deploy_bastion", "open");
        assertThat(problems(tree().file(FILE, stack), paths)).isEmpty();
        assertThat(problems(tree(), paths)).hasSize(2);
    }
}
