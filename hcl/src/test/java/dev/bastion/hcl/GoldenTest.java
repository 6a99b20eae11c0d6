package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.hcl.model.HclException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole files, byte for byte: {@code edit/<case>} has a file before, the edits and the file after; {@code leave/<case>}
 * has a file that must be left as it is, the edits and the problem they meet.
 */
class GoldenTest {
    static Stream<Path> edits() throws IOException {
        return Goldens.cases("edit");
    }

    static Stream<Path> left() throws IOException {
        return Goldens.cases("leave");
    }

    @ParameterizedTest
    @MethodSource("edits")
    void theEditedFileIsExactlyAsExpected(Path golden) throws IOException {
        HclFile before = Goldens.file(golden, "before.hcl");
        HclFile after = before.replace(Goldens.edits(golden));
        assertThat(Goldens.shown(after)).isEqualTo(Goldens.shown(Goldens.file(golden, "after.hcl")));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void restoringTheOldValuesRestoresEveryByte(Path golden) throws IOException {
        HclFile before = Goldens.file(golden, "before.hcl");
        HclFile after = before.replace(Goldens.edits(golden));
        HclFile back =
                after.replace(Goldens.literals(before, Goldens.edits(golden).keySet()));
        assertThat(Goldens.shown(back)).isEqualTo(Goldens.shown(before));
    }

    @ParameterizedTest
    @MethodSource("left")
    void anUneditableFileStaysAndTheProblemHasARemedy(Path golden) throws IOException {
        HclFile file = HclFile.parse(
                golden.getFileName() + ".hcl", Goldens.file(golden, "file.hcl").bytes());
        assertThatThrownBy(() -> file.replace(Goldens.edits(golden)))
                .isInstanceOf(HclException.class)
                .hasMessage(Goldens.text(golden, "problem.txt").strip());
        assertThat(Goldens.shown(file)).isEqualTo(Goldens.shown(Goldens.file(golden, "file.hcl")));
    }
}
