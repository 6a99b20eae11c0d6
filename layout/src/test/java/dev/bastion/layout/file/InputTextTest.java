package dev.bastion.layout.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTextTest {
    private static final String LOCALS = """
        locals {
          team   = "orders"
          name   = "dev"
          common = { environment = "dev", size = 1 }
          other  = local.common
          number = { environment = 1 }
          built  = { (local.key) = "prod", environment = "dev" }
          called = merge({ environment = "dev" }, {})
        }
        """;

    private static InputText of(String inputs) {
        return InputText.of(HclFile.parse("x", inputs.getBytes(UTF_8)), HclPath.of("inputs"), "environment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ environment = \"dev\" }",
                "{ environment = local.name }",
                "{ environment = \"${local.name}\" }",
                "{ environment = local.common.environment }",
                "local.common",
                "merge(local.common, { size = 2 })",
                "merge(local.other, { size = 2 })",
                "merge({ environment = \"prod\" }, local.common, { size = 2 })",
                "merge(include.root.locals.common, { environment = local.name }, { size = 2 })",
                "merge(local.common, { size = 2 },)",
            })
    void theFileDecides(String inputs) {
        assertThat(of(LOCALS + "inputs = " + inputs + "\n")).isEqualTo(new InputText.Known("dev"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ environment = local.absent }",
                "{ environment = include.root.locals.name }",
                "{ environment = lower(local.name) }",
                "{ environment = \"${local.absent}\" }",
                "{ environment = 1 }",
                "merge(include.root.locals.common, { size = 2 })",
                "merge(local.common, dependency.x.outputs, { size = 2 })",
                "merge(local.number, { size = 2 })",
                "merge(local.built, { size = 2 })",
                "{ environment = \"dev\", (local.key) = \"prod\" }",
                "merge({ environment = \"dev\" }, [local.common]...)",
                "merge(local.called, { size = 2 })",
                "{ for k, v in local.common : k => v }",
                "{ environment = \"dev\", environment = \"dev\" }",
            })
    void onlyAnEvaluationCouldTell(String inputs) {
        assertThat(of(LOCALS + "inputs = " + inputs + "\n")).isEqualTo(new InputText.Unknown());
    }

    @Test
    void aFileThatDoesNotNameItDecidesNothing() {
        assertThat(of("inputs = { size = 1 }\n")).isEqualTo(new InputText.Absent());
        assertThat(of("inputs = merge({ size = 1 }, { a = 2 })\n")).isEqualTo(new InputText.Absent());
        assertThat(of("inputs = { \"a-b\" = 1 }\n")).isEqualTo(new InputText.Absent());
    }

    @Test
    void aFileThatCannotBeReadTellsNothing() {
        assertThat(of("locals {}\nlocals {}\ninputs = { environment = \"dev\" }\n"))
                .isEqualTo(new InputText.Unknown());
        assertThat(of("x = 1\n")).isEqualTo(new InputText.Unknown());
        assertThat(of("inputs = {\n")).isEqualTo(new InputText.Unknown());
    }
}
