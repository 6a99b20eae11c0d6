package dev.bastion.slack.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.MemoryLedger;
import dev.bastion.slack.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnvironmentListTest {
    private static final int MOST = 4;

    @Test
    void fewEnvironmentsHaveALineEachWithTheOpenOneFirst() {
        List<StatusReport.Line> lines = List.of(closed("a"), closed("b"), open());
        assertThat(text(lines)).startsWith("🟡 *dev* is open until").endsWith("⚫ *a* is closed\n⚫ *b* is closed");
    }

    @Test
    void manyClosedEnvironmentsAreGroupedByDirectoryAndCountedAndHideNothingThatIsOpen() {
        List<StatusReport.Line> lines = new ArrayList<>(IntStream.range(0, 1000)
                .mapToObj(number -> closed("prod/team-" + number))
                .toList());
        lines.addAll(
                IntStream.range(0, 3).mapToObj(number -> closed("x" + number)).toList());
        lines.add(open());
        assertThat(text(lines))
                .startsWith("🟡 *dev* is open until")
                .contains("⚫ 1000 closed in `prod/`: `prod/team-0`, ", " and 980 more")
                .contains("⚫ 3 closed: `x0`, `x1`, `x2`");
    }

    @Test
    void whatDoesNotFitIsCounted() {
        List<StatusReport.Line> lines = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            String name = "d" + number;
            lines.add(line(new EnvironmentState.Unclear(new EnvironmentName(name), "line 3: " + "x".repeat(100))));
        }
        List<LayoutBlock> blocks = EnvironmentList.of(lines, MOST);
        assertThat(blocks).hasSize(MOST);
        assertThat(text(lines)).containsPattern("… and \\d+ more$");
    }

    private static String text(List<StatusReport.Line> lines) {
        return EnvironmentList.of(lines, MOST).stream()
                .map(block -> ((SectionBlock) block).getText().getText())
                .collect(Collectors.joining("\n"));
    }

    private static StatusReport.Line open() {
        return line(new EnvironmentState.Open(Samples.grant()));
    }

    private static StatusReport.Line closed(String name) {
        return line(new EnvironmentState.Closed(new EnvironmentName(name)));
    }

    private static StatusReport.Line line(EnvironmentState state) {
        return new StatusReport.Line(
                state,
                new MemoryLedger().lastSeen().policy().rulesOf(state.environment()),
                Optional.empty(),
                true,
                List.of(),
                List.of());
    }
}
