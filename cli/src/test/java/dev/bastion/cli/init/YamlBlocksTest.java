package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlBlocksTest {
    private static final String TEXT = """
            # The file.

            # One.
            one:
              - a # of it

              # still of it
              - b

            # Two.
            two: 2
            # The end.
            """;

    @Test
    void aTextReadsBackByteForByte() {
        assertThat(YamlBlocks.of(TEXT).text()).isEqualTo(TEXT);
    }

    @Test
    void aReplacedValueKeepsItsComment() {
        assertThat(YamlBlocks.of(TEXT).with("one", "one: []").text())
                .isEqualTo("# The file.\n\n# One.\none: []\n\n# Two.\ntwo: 2\n# The end.\n");
    }

    @Test
    void aKeyThatTheTemplateLacksIsAnError() {
        assertThatThrownBy(() -> YamlBlocks.of(TEXT).with("three", "three: 3")).hasMessageContaining("no key three");
    }

    @Test
    void aKeyThatIsNotSetStaysAsAComment() {
        assertThat(YamlBlocks.of(TEXT).withoutAllBut(Set.of("two")).text()).isEqualTo("""
                        # The file.

                        # One.
                        # one:
                        #   - a # of it

                        #   # still of it
                        #   - b

                        # Two.
                        two: 2
                        # The end.
                        """);
    }

    @Test
    void whatATextLacksComesAtItsEnd() {
        assertThat(YamlBlocks.of("two: 4\n").completedBy(YamlBlocks.of(TEXT)).text())
                .isEqualTo("two: 4\n\n# The file.\n\n# One.\none:\n  - a # of it\n\n  # still of it\n  - b\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "dev|dev",
                "prod/orders|prod/orders",
                "on|\"on\"",
                "123|\"123\"",
                "0x1f|\"0x1f\"",
                "a: b|\"a: b\"",
                "Jürgen|\"Jürgen\"",
                "a\"b|\"a\\\"b\""
            })
    void aTextThatYamlWouldMisreadIsQuoted(String text, String written) {
        assertThat(YamlText.of(text)).isEqualTo(written);
    }
}
