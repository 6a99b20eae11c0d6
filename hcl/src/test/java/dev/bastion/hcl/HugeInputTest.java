package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.NumberLiteral;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deep and long inputs against recursion and quadratic time. The bound is two orders of magnitude above the normal
 * time.
 */
class HugeInputTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int DEEP = 300_000;

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("lists in lists", "y = " + "[".repeat(DEEP) + "]".repeat(DEEP)),
                Arguments.of("objects in objects", "y = " + "{a=".repeat(DEEP) + "1" + "}".repeat(DEEP)),
                Arguments.of("blocks in blocks", "y {\n".repeat(DEEP) + "}\n".repeat(DEEP)),
                Arguments.of("calls in calls", "y = " + "f(".repeat(DEEP) + ")".repeat(DEEP)),
                Arguments.of("templates in templates", "y = " + "\"${".repeat(DEEP) + "1" + "}\"".repeat(DEEP)),
                Arguments.of("many templates on a line", "y = <<E\n" + "${a}".repeat(DEEP) + "\nE"),
                Arguments.of("almost markers", "y = <<E\n" + " E E\n".repeat(DEEP) + "E"),
                Arguments.of(
                        "a long marker", "y = <<" + "E".repeat(DEEP) + "\n" + "\n".repeat(DEEP) + "E".repeat(DEEP)),
                Arguments.of("almost heredocs", "y = " + "<<E ".repeat(DEEP) + "1"),
                Arguments.of("dashed heredocs", "y = [" + "<<-E\nE\n,".repeat(DEEP) + "]"),
                Arguments.of("heredocs in heredocs", "y = " + "<<E\n${".repeat(DEEP) + "1" + "}\nE\n".repeat(DEEP)),
                Arguments.of("a long string", "y = \"" + "$%\\\\".repeat(DEEP) + "\""),
                Arguments.of("many items", "y = {" + "a = 1,".repeat(DEEP) + "}"),
                Arguments.of("computed keys", "y = {" + "(a) = 1,".repeat(DEEP) + "}"),
                Arguments.of("many attributes", "y = f()\n".repeat(DEEP)),
                Arguments.of("many comments", "y = 1 # a\n".repeat(DEEP)),
                Arguments.of("less than", "y = " + "<".repeat(DEEP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void depthAndLengthStayFast(String what, String hostile) {
        String file = "inputs = {\n  x = 0 # zero\n}\n" + hostile + "\n";
        assertTimeoutPreemptively(BOUND, () -> {
            HclFile edited = file(file).replace(HclPath.of("inputs.x"), NumberLiteral.of(10));
            assertThat(edited.bytes()).hasSize(file.length() + 1);
            edited.locate(HclPath.of("y"));
            edited.locate(HclPath.of("y.a.a"));
        });
    }

    @ParameterizedTest(name = "{0}, unfinished")
    @MethodSource("hostile")
    void truncatedInputIsRejectedFast(String what, String hostile) {
        String cut = hostile.substring(0, hostile.length() / 2 - 1);
        assertTimeoutPreemptively(BOUND, () -> {
            HclFile file = file("inputs = {\n  x = 0\n}\n" + cut);
            assertThat(file.bytes()).hasSize(cut.length() + 21);
            file.locate(HclPath.of("inputs.x"));
        });
    }

    @Test
    void manyEditsOfAlignedLinesAreFast() {
        int lines = 20_000;
        StringBuilder text = new StringBuilder("inputs = {\n");
        Map<HclPath, Literal> edits = new LinkedHashMap<>();
        for (int line = 0; line < lines; line++) {
            text.append("  key_%05d = 1 # x\n".formatted(line));
        }
        for (int line = 0; line < 20; line++) {
            edits.put(HclPath.of("inputs.key_%05d".formatted(line)), NumberLiteral.of(22));
        }
        String before = text.append("}\n").toString();
        assertTimeoutPreemptively(BOUND, () -> {
            byte[] edited = file(before).replace(edits).bytes();
            assertThat(edited).hasSize(before.length() + lines);
        });
    }

    private static HclFile file(String text) {
        return HclFile.parse("huge", text.getBytes(StandardCharsets.UTF_8));
    }
}
