package dev.bastion.layout.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateTextTest {
    /** A local that names a local, and so on. */
    private static Optional<String> endOf(int length) {
        Map<String, Value> locals = new HashMap<>();
        IntStream.range(1, length)
                .forEach(number -> locals.put("x" + number, new NotLiteral("local.x" + (number + 1), 1)));
        locals.put("x" + length, new StringLiteral("end"));
        return new StateText(locals, Optional.empty()).of(new NotLiteral("local.x1", 1));
    }

    @Test
    void tenStepsAreFollowed() {
        assertThat(endOf(10)).contains("end");
        assertThat(endOf(11)).isEmpty();
    }

    @Test
    void onlyTheFunctionIsTheRelativePath() {
        StateText text = new StateText(Map.of(), Optional.of("dev/bastion"));
        assertThat(text.of(new NotLiteral("path_relative_to_include()", 1))).contains("dev/bastion");
        assertThat(text.of(new NotLiteral("get_env(\"X\")", 1))).isEmpty();
        assertThat(text.of(new NotLiteral("\"${get_terragrunt_dir()}/x\"", 1))).isEmpty();
    }
}
