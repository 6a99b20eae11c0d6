package dev.bastion.hcl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.hcl.model.HclCall;
import dev.bastion.hcl.model.HclException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a = run_cmd("id")                                | run_cmd
            a = "x ${run_cmd("id")} y"                       | run_cmd
            a = "${"${run_cmd("id")}"}"                      | run_cmd
            a = { b = [1, lower(get_env("X"))] }             | lower get_env
            a = run_cmd /* here */ ("id")                    | run_cmd
            a = (run_cmd # here~("id"))                      | run_cmd
            a = [for x in keys(b) : x if can(x)]             | keys can
            a = { (run_cmd("id")) = 1 }                      | run_cmd
            a = <<E~${run_cmd("id")}~E~                      | run_cmd
            a = provider::aws::arn_parse("x")                | provider::aws::arn_parse
            b "x" { c = file("y") }                          | file
            a = "run_cmd(id)" # run_cmd(id)                  | ``
            a = (1 + 2) * (3)                                | ``
            """)
    void everyCallIsFound(String text, String functions) {
        assertThat(calls(text.replace('~', '\n')))
                .extracting(HclCall::function)
                .containsExactlyElementsOf(functions.isEmpty() ? List.of() : List.of(functions.split(" ")));
    }

    @Test
    void aCallHasItsLine() {
        assertThat(calls("a = 1\nb = [\n  get_env(\"X\"),\n]\n")).containsExactly(new HclCall("get_env", 3));
    }

    @Test
    void aFileThatIsNotHclHasNoAnswer() {
        assertThatThrownBy(() -> calls("a = \"${run_cmd(\n")).isInstanceOf(HclException.class);
    }

    private static List<HclCall> calls(String text) {
        return HclFile.parse("x.hcl", (text + "\n").getBytes(UTF_8)).calls();
    }
}
