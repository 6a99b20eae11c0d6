package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.text.RefusalText;
import dev.bastion.access.text.RequirementText;
import dev.bastion.access.text.Text;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.SlackMarkup;
import java.util.List;
import java.util.stream.Stream;

/** A heading, and a line for each thing that is wrong or missing. */
public final class RequirementList {
    private static final int MOST_SECTIONS = 2;

    private RequirementList() {}

    /** Nothing where nothing is missing. */
    public static List<LayoutBlock> of(String heading, List<UnmetRequirement> unmet) {
        return lines(heading, unmet.stream().map(RequirementText::of));
    }

    /** The failed checks, then the unmet requirements. */
    static List<LayoutBlock> of(String heading, Evaluation evaluation) {
        Stream<Text> failed = evaluation.checks().stream()
                .flatMap(check -> check.result() instanceof Check.Result.Failed(var refusal)
                        ? Stream.of(RefusalText.of(refusal).fact())
                        : Stream.empty());
        return lines(heading, Stream.concat(failed, evaluation.unmet().stream().map(RequirementText::of)));
    }

    private static List<LayoutBlock> lines(String heading, Stream<Text> texts) {
        List<String> lines =
                texts.map(text -> "• " + text.in(SlackMarkup.MRKDWN)).toList();
        return lines.isEmpty()
                ? List.of()
                : Blocks.lines(Stream.concat(Stream.of(heading), lines.stream()).toList(), MOST_SECTIONS);
    }
}
