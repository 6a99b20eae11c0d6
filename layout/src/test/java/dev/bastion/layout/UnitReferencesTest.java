package dev.bastion.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.HclFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitReferencesTest {
    private static UnitReferences of(String text) {
        return UnitReferences.of("environments/dev/bastion", HclFile.parse("terragrunt.hcl", text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "\"../../../modules//bastion\", modules//bastion",
        "\"../../../modules/bastion\", modules/bastion",
        "\".//m\", environments/dev/bastion//m",
        "\"${get_repo_root()}/modules//bastion\", modules//bastion",
        "\"${ get_repo_root() }/modules/bastion\", modules/bastion",
        "\"git::https://example.com/m.git//bastion\", ",
        "\"${get_repo_root()}/${local.module}\", ",
        "local.module, ",
        "1, ",
    })
    void aLocalModuleIsAPathFromTheRoot(String source, String module) {
        assertThat(of("terraform {\n  source = " + source + "\n}\n").module().orElse(null))
                .isEqualTo(module);
    }

    @Test
    void aFileWithoutASourceHasNoModule() {
        assertThat(of("inputs = {}\n").module()).isEmpty();
        assertThat(of("locals {\n  source = \"./m\"\n}\n").module()).isEmpty();
        assertThat(of("terraform {\n}\n").module()).isEmpty();
    }

    @Test
    void theDependenciesAreThoseWithALiteralPath() {
        assertThat(of("""
                        dependency "a" {
                          config_path = "../../a"
                        }
                        dependency "b" {
                          config_path = local.b
                        }
                        dependency "c" {
                        }
                        include "d" {
                          config_path = "../../d"
                        }
                        dependency "e" {
                          config_path = "../e"
                        }
                        """).dependencies()).containsExactly("environments/a", "environments/dev/e");
    }
}
