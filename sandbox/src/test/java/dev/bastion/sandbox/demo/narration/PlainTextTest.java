package dev.bastion.sandbox.demo.narration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlainTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "*dev* is open # dev is open",
                "until <!date^1736937000^{date} {time}|2026-01-15 10:30 UTC> # until 2026-01-15 10:30 UTC",
                "<http://127.0.0.1/ci/1|log> of CI # log of CI",
                "a &lt;b&gt; &amp; c # a <b> & c",
            })
    void slacksMarkupIsReadAsAPersonReadsIt(String markup, String read) {
        assertThat(PlainText.text(markup)).isEqualTo(read);
    }

    @Test
    void theFirstLineHasNoMarksOfCode() {
        assertThat(PlainText.firstLine("Instance `i-1` has no grant\nmore")).isEqualTo("Instance i-1 has no grant");
    }
}
