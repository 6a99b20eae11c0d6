package dev.bastion.hcl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.hcl.HclFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values of every kind, read whole. */
class ValueTest {
    @Test
    void objectsAndListsAreReadInOrder() {
        assertThat(file("a = { z = [1, \"b\", [], ], y = { \"x\" : true }, n = null }")
                        .value(HclPath.of("a")))
                .isEqualTo(new ObjectValue(Map.of(
                        "z",
                                new ListValue(
                                        List.of(NumberLiteral.of(1), new StringLiteral("b"), new ListValue(List.of()))),
                        "y", new ObjectValue(Map.of("x", new BooleanLiteral(true))),
                        "n", new NullLiteral())));
        assertThat(file("a = { z = 1, y = 2, x = 3 }").items(HclPath.of("a")).keySet())
                .containsExactly("z", "y", "x");
    }

    @Test
    void expressionsKeepTheirSource() {
        Map<String, Value> items =
                file("a = {\n  b = [1, local.x]\n  (c) = 2\n  d = f(\n 1)\n}").items(HclPath.of("a"));
        assertThat(items.get("b")).isEqualTo(new ListValue(List.of(NumberLiteral.of(1), new NotLiteral("local.x", 2))));
        assertThat(items.get("(c)")).isEqualTo(new NotLiteral("(c) = 2", 3));
        assertThat(items.get("d")).isEqualTo(new NotLiteral("f(\n 1)", 4));
        assertThat(new ObjectValue(items).firstNotLiteral()).contains(new NotLiteral("local.x", 2));
        assertThat(file("a = [1, {b = 2}]").value(HclPath.of("a")).firstNotLiteral())
                .isEmpty();
    }

    @Test
    void aHeredocIsItsText() {
        HclFile file = file(
                "a = <<E\n  x\\n $${y}\n\n    z\nE\nb = <<-E\n    x\n\n      z\n  E\nc = <<E\nE\nd = <<E\n${x}\nE\n");
        assertThat(file.value(HclPath.of("a"))).isEqualTo(new StringLiteral("  x\\n ${y}\n\n    z\n"));
        assertThat(file.value(HclPath.of("b"))).isEqualTo(new StringLiteral("x\n\n  z\n"));
        assertThat(file.value(HclPath.of("c"))).isEqualTo(new StringLiteral(""));
        assertThat(file.value(HclPath.of("d"))).isInstanceOf(NotLiteral.class);
    }

    @Test
    void aBlockIsAnObjectOfItsAttributes() {
        HclFile file = file(
                "locals {\n  region = \"eu\"\n  nested {}\n  flag = f()\n}\nremote_state {\n  config = { a = 1 }\n}\n");
        assertThat(file.items(HclPath.of("locals")))
                .isEqualTo(Map.of("region", new StringLiteral("eu"), "flag", new NotLiteral("f()", 4)));
        assertThat(file.items(HclPath.of("remote_state.config"))).isEqualTo(Map.of("a", NumberLiteral.of(1)));
        assertThat(file.blocks(HclPath.of("locals"))).containsExactly(new HclBlock("nested", List.of(), 3));
        assertThat(file.blocks()).extracting(HclBlock::type).containsExactly("locals", "remote_state");
        assertThat(file.attributes()).isEmpty();
    }

    @Test
    void readsTopLevelBlocksAndAttributes() {
        HclFile file = file("a = 1\ninclude \"root\" {}\nb = local.x\nunit x \"y z\" {}\n");
        assertThat(file.attributes()).isEqualTo(Map.of("a", NumberLiteral.of(1), "b", new NotLiteral("local.x", 3)));
        assertThat(file.blocks())
                .containsExactly(
                        new HclBlock("include", List.of("root"), 2), new HclBlock("unit", List.of("x", "y z"), 4));
    }

    @Test
    void aMissingObjectIsAProblemWithItsLine() {
        HclFile file = file("a = 1\ninputs = merge(local.a,\n {})\nb = { c = 1, c = 2 }\nd = 1\nd = 2\n");
        assertProblem(
                () -> file.items(HclPath.of("inputs")), "t:2: `inputs` is `merge(local.a,`, not an object literal");
        assertProblem(() -> file.items(HclPath.of("a")), "t:1: `a` is not an object");
        assertProblem(() -> file.items(HclPath.of("x")), "t:1: there is no `x` in the file");
        assertProblem(() -> file.items(HclPath.of("b")), "t:4: `c` occurs more than once in an object");
        assertProblem(file::attributes, "t:4: `c` occurs more than once in an object");
        assertProblem(() -> file("d = 1\nd = 2").attributes(), "t:2: `d` occurs more than once");
        assertProblem(() -> file.blocks(HclPath.of("x")), "t:1: there is no `x` in the file");
        assertProblem(() -> file.literal(HclPath.of("d")), "t:5: `d` occurs more than once, on lines 5, 6");
        assertProblem(() -> file("a = [1,,2]").value(HclPath.of("a")), "t:1: an element of a list is missing");
        assertProblem(() -> file("a = {").blocks(), "t:1: `{` is never closed");
    }

    private static void assertProblem(Runnable reading, String problem) {
        assertThatThrownBy(reading::run).isInstanceOf(HclException.class).hasMessageStartingWith(problem);
    }

    private static HclFile file(String hcl) {
        return HclFile.parse("t", hcl.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theArgumentsOfAMergeAreRead() {
        HclFile file =
                file("a = merge(local.a, { x = 1 },\n  f(1, [2])..., )\nb = merge()\nc = [merge(1)]\nd { x = 1 }\n");
        ObjectValue object = new ObjectValue(Map.of("x", NumberLiteral.of(1)));
        assertThat(file.mergedValues(HclPath.of("a")))
                .containsExactly(new NotLiteral("local.a", 1), object, new NotLiteral("f(1, [2])...", 2));
        assertThat(file.mergedValues(HclPath.of("b"))).containsExactly(new NotLiteral("merge()", 3));
        assertThat(file.mergedValues(HclPath.of("c")))
                .containsExactly(new ListValue(List.of(new NotLiteral("merge(1)", 4))));
        assertThat(file.mergedValues(HclPath.of("d"))).containsExactly(object);
    }
}
