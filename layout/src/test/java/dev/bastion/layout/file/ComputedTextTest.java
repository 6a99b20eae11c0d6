package dev.bastion.layout.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.ObjectValue;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComputedTextTest {
    /** A local that names a local, and so on. */
    private static Optional<String> endOf(int length) {
        Map<String, Value> locals = new HashMap<>();
        IntStream.range(1, length)
                .forEach(number -> locals.put("x" + number, new NotLiteral("local.x" + (number + 1), 1)));
        locals.put("x" + length, new StringLiteral("end"));
        return new ComputedText(locals, Optional.empty()).of(new NotLiteral("local.x1", 1));
    }

    @Test
    void tenStepsAreFollowed() {
        assertThat(endOf(10)).contains("end");
        assertThat(endOf(11)).isEmpty();
    }

    @Test
    void onlyTheFunctionIsTheRelativePath() {
        ComputedText text = new ComputedText(Map.of(), Optional.of("dev/bastion"));
        assertThat(text.of(new NotLiteral("path_relative_to_include()", 1))).contains("dev/bastion");
        assertThat(text.of(new NotLiteral("get_env(\"X\")", 1))).isEmpty();
        assertThat(text.of(new NotLiteral("\"${get_terragrunt_dir()}/x\"", 1))).isEmpty();
    }

    private static Optional<String> text(Map<String, Value> locals, String source) {
        return new ComputedText(locals, Optional.empty()).of(new NotLiteral(source, 1));
    }

    @Test
    void aLocalMayBeAnItemOfAnObject() {
        Map<String, Value> locals = Map.of(
                "common",
                new ObjectValue(Map.of("name", new StringLiteral("dev"), "more", new NotLiteral("local.other", 1))),
                "other",
                new ObjectValue(Map.of("deep", new StringLiteral("x"))),
                "text",
                new StringLiteral("dev"));
        assertThat(text(locals, "local.common.name")).contains("dev");
        assertThat(text(locals, "\"${local.common.name}-${ local.text }\"")).contains("dev-dev");
        assertThat(text(locals, "local.common.more.deep")).contains("x");
        assertThat(text(locals, "local.common")).isEmpty();
        assertThat(text(locals, "local.text.name")).isEmpty();
        assertThat(text(locals, "local.common.absent")).isEmpty();
        assertThat(text(locals, "local.common.absent.name")).isEmpty();
    }

    @Test
    void anObjectIsWrittenOrNamedByALocal() {
        ObjectValue object = new ObjectValue(Map.of("name", new StringLiteral("dev")));
        ComputedText texts = new ComputedText(
                Map.of("a", new NotLiteral("local.b", 1), "b", object, "text", new StringLiteral("x")),
                Optional.empty());
        assertThat(texts.object(object)).contains(object);
        assertThat(texts.object(new NotLiteral("local.a", 1))).contains(object);
        assertThat(texts.object(new NotLiteral("local.text", 1))).isEmpty();
        assertThat(texts.object(new NotLiteral("include.root.locals", 1))).isEmpty();
        assertThat(texts.object(new StringLiteral("x"))).isEmpty();
    }

    /** A local that names an object's local, and so on. */
    private static Optional<ObjectValue> objectAfter(int length) {
        Map<String, Value> locals = new HashMap<>();
        IntStream.range(1, length)
                .forEach(number -> locals.put("x" + number, new NotLiteral("local.x" + (number + 1), 1)));
        locals.put("x" + length, new ObjectValue(Map.of()));
        return new ComputedText(locals, Optional.empty()).object(new NotLiteral("local.x1", 1));
    }

    @Test
    void tenStepsAreFollowedToAnObject() {
        assertThat(objectAfter(10)).isPresent();
        assertThat(objectAfter(11)).isEmpty();
    }

    @Test
    void localsThatNameEachOtherEndInNothing() {
        Map<String, Value> locals = Map.of("a", new NotLiteral("local.b.x", 1), "b", new NotLiteral("local.a.x", 1));
        assertThat(text(locals, "local.a")).isEmpty();
        assertThat(text(locals, "local.a.x.x.x.x.x.x.x.x.x.x.x.x")).isEmpty();
        assertThat(new ComputedText(locals, Optional.empty()).object(new NotLiteral("local.b", 1)))
                .isEmpty();
    }
}
