package dev.bastion.slack.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlocksTest {
    @Test
    void manyLinesAreKeptWithinSlacksLimitsAndTheRestIsCounted() {
        List<String> lines = IntStream.range(0, 2000)
                .mapToObj(n -> "line " + n + " " + "x".repeat(100))
                .toList();
        List<LayoutBlock> sections = Blocks.lines(lines, 3);
        List<String> texts = sections.stream().map(BlocksTest::text).toList();
        assertThat(texts).hasSize(3).allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(3000));
        long shown = texts.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("line"))
                .count();
        assertThat(texts.getLast()).endsWith("… and " + (2000 - shown) + " more");
    }

    @Test
    void fewLinesAreOneSection() {
        assertThat(Blocks.lines(List.of("a", "b"), 3))
                .extracting(BlocksTest::text)
                .containsExactly("a\nb");
    }

    @Test
    void whatSlackWouldRefuseIsNotBuilt() {
        assertThatThrownBy(() -> Blocks.section("x".repeat(3001))).hasMessageContaining("3001");
        assertThatThrownBy(() -> new SlackMessage("", Collections.nCopies(51, Blocks.section("x"))))
                .hasMessageContaining("51");
    }

    private static String text(LayoutBlock block) {
        return ((SectionBlock) block).getText().getText();
    }
}
