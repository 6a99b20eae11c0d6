package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclException;
import org.junit.jupiter.api.Test;

class ShapeProblemTest {
    private static ShapeProblem of(String message) {
        return ShapeProblem.of("a.hcl", new HclException(message));
    }

    @Test
    void theReadersProblemHasItsLineAndRemedy() {
        assertThat(of("a.hcl:3: `x` occurs more than once. Keep one of them."))
                .isEqualTo(new ShapeProblem("a.hcl", 3, "`x` occurs more than once", "Keep one of them"));
    }

    @Test
    void anotherProblemIsSaidAsItIs() {
        assertThat(of("a.hcl: no line is known"))
                .isEqualTo(new ShapeProblem("a.hcl", 0, ": no line is known", "Correct the file"));
        assertThat(of("the exponent is too large"))
                .isEqualTo(new ShapeProblem("a.hcl", 0, "the exponent is too large", "Correct the file"));
    }

    @Test
    void aSentenceIsOneVisibleLine() {
        assertThat(new ShapeProblem("\u001b[31mx\u202e.tf\n", 0, " it\tis\u2028here ", "Remove it").sentence())
                .isEqualTo("[31mx .tf: it is here. Remove it.");
        assertThat(new ShapeProblem("x.tf", 7, "it is here", "Remove it").sentence())
                .isEqualTo("x.tf:7: it is here. Remove it.");
    }

    @Test
    void aLongPartIsCut() {
        String longest = "x".repeat(300);
        assertThat(new ShapeProblem("f", 0, longest, "Cut").sentence()).isEqualTo("f: " + longest + ". Cut.");
        assertThat(new ShapeProblem("f", 0, longest + "y", "Cut").sentence()).isEqualTo("f: " + longest + "…. Cut.");
    }
}
