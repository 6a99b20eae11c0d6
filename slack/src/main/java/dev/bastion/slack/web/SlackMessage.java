package dev.bastion.slack.web;

import com.slack.api.model.block.LayoutBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a message: blocks, and the text that notifications and screen readers use instead of them.
 *
 * @param text Slack markup, one line
 * @param blocks at most 50 (https://docs.slack.dev/reference/block-kit/blocks)
 */
public record SlackMessage(String text, List<LayoutBlock> blocks) {
    static final int MOST_BLOCKS = 50;

    public SlackMessage {
        blocks = List.copyOf(blocks);
        if (blocks.size() > MOST_BLOCKS) {
            throw new IllegalArgumentException("a message of " + blocks.size() + " blocks; Slack takes 50");
        }
    }

    /** One sentence, or a few. */
    public static SlackMessage of(String text) {
        return new SlackMessage(text, List.of(Blocks.section(text)));
    }

    /** The same without what it asks and offers, and with what became of it, which may be Slack markup. */
    public SlackMessage resolved(String outcome) {
        List<LayoutBlock> left = new ArrayList<>(
                blocks.stream().filter(block -> !Blocks.isOffer(block)).toList());
        left.add(Blocks.context(outcome));
        return new SlackMessage(text, left);
    }

    public SlackMessage with(LayoutBlock block) {
        List<LayoutBlock> more = new ArrayList<>(blocks);
        more.add(block);
        return new SlackMessage(text, more);
    }
}
