package dev.bastion.slack.web;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import java.util.ArrayList;
import java.util.List;

/**
 * The builders of Block Kit blocks, within its limits. Every text is {@code verbatim}: otherwise Slack turns bare names of channels and people in
 * it into links and mentions, and the text may be a stranger's.
 */
public final class Blocks {
    /** https://docs.slack.dev/reference/block-kit/blocks/section-block */
    static final int LONGEST_SECTION = 3000;

    private static final String ASK = "ask";

    private Blocks() {}

    public static LayoutBlock section(String text) {
        return SectionBlock.builder().text(markdown(text)).build();
    }

    /** @param button stands beside the text */
    public static LayoutBlock section(String text, BlockElement button) {
        return SectionBlock.builder().text(markdown(text)).accessory(button).build();
    }

    public static LayoutBlock header(String text) {
        return HeaderBlock.builder().text(plain(text)).build();
    }

    /** A section that asks the reader to act. An edit removes it once nothing is left to do; a message has one at most. */
    public static LayoutBlock ask(String text) {
        return SectionBlock.builder().blockId(ASK).text(markdown(text)).build();
    }

    /** Whether the block offers or asks for something: its buttons, or {@link #ask}. */
    public static boolean isOffer(LayoutBlock block) {
        return hasButtons(block) || ASK.equals(block.getBlockId());
    }

    public static boolean hasButtons(LayoutBlock block) {
        return block instanceof ActionsBlock;
    }

    /** Whether the block has a button with this value. */
    public static boolean hasButton(LayoutBlock block, String value) {
        return block instanceof ActionsBlock actions
                && actions.getElements().stream()
                        .anyMatch(
                                element -> element instanceof ButtonElement button && value.equals(button.getValue()));
    }

    public static LayoutBlock context(String text) {
        return ContextBlock.builder().elements(List.of(markdown(text))).build();
    }

    public static LayoutBlock actions(List<BlockElement> elements) {
        return ActionsBlock.builder().elements(elements).build();
    }

    public static BlockElement button(String action, String label, String value) {
        return ButtonElement.builder()
                .actionId(action)
                .text(plain(label))
                .value(value)
                .build();
    }

    public static BlockElement dangerButton(String action, String label, String value, String question) {
        return ButtonElement.builder()
                .actionId(action)
                .text(plain(label))
                .value(value)
                .style("danger")
                .confirm(ConfirmationDialogObject.builder()
                        .title(plain("Are you sure?"))
                        .text(plain(question))
                        .confirm(plain(label))
                        .deny(plain("Cancel"))
                        .style("danger")
                        .build())
                .build();
    }

    /**
     * Lines packed into as few sections as hold them; at most {@code most}, and then a line that says how many are left.
     * No line may itself be longer than a section.
     */
    public static List<LayoutBlock> lines(List<String> lines, int most) {
        List<LayoutBlock> sections = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (String line : lines) {
            if (text.length() + line.length() + 60 > LONGEST_SECTION) {
                if (sections.size() + 1 == most) {
                    break;
                }
                sections.add(section(text.toString()));
                text.setLength(0);
            }
            text.append(text.isEmpty() ? "" : "\n").append(line);
            shown++;
        }
        if (shown < lines.size()) {
            text.append("\n… and ").append(lines.size() - shown).append(" more");
        }
        if (!text.isEmpty()) {
            sections.add(section(text.toString()));
        }
        return sections;
    }

    public static PlainTextObject plain(String text) {
        return PlainTextObject.builder().text(text).emoji(true).build();
    }

    /** Text of a section, at most 3,000 characters. */
    public static MarkdownTextObject markdown(String text) {
        if (text.length() > LONGEST_SECTION) {
            throw new IllegalArgumentException("a section of " + text.length() + " characters; Slack takes 3,000");
        }
        return MarkdownTextObject.builder().text(text).verbatim(true).build();
    }
}
