package dev.bastion.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.layout.RepositoryTree.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarNamesTest {
    @ParameterizedTest
    @CsvSource({
        "root.hcl, Root.HCL",
        "root.hcl, ro\u200bot.hcl",
        "root.hcl, ro\ufe0fot.hcl",
        "root.hcl, 'root.hcl. .'",
        "root.hcl, \uff52oot.hcl",
        "strasse, stra\u00dfe",
        "office, o\ufb03ce",
    })
    void oneFileSystemTakesOneForTheOther(String one, String other) {
        assertThat(SimilarNames.same(one, other)).isTrue();
        assertThat(SimilarNames.same(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"root.hcl, .root.hcl", "root.hcl, root-hcl", "a, b", "a b, ab"})
    void othersAreDifferentEverywhere(String one, String other) {
        assertThat(SimilarNames.same(one, other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "!.md", "~.md"})
    void plainNamesOfProse(String name) {
        assertThat(SimilarNames.isMarkdown(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"READ ME.md", "x\u007f.md", "x\u00e9.md", "x\n.md", "README", "x.md.tf", "README.MD"})
    void otherNamesAreNoProse(String name) {
        assertThat(SimilarNames.isMarkdown(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "REGULAR, a file",
        "EXECUTABLE, an executable file",
        "SYMLINK, a symbolic link",
        "SUBMODULE, a submodule",
        "DIRECTORY, a directory",
    })
    void aKindHasItsWords(Kind kind, String words) {
        assertThat(SimilarNames.kind(kind)).isEqualTo(words);
    }
}
