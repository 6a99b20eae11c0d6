package dev.bastion.sandbox.slack.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Validation of blocks against Slack's limits.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks">Block Kit reference</a>
 */
public final class BlockValidator {
    /** A message may hold this many blocks; a modal or a home, {@link #IN_VIEW}. */
    public static final int IN_MESSAGE = 50;

    static final int IN_VIEW = 100;
    private static final int ID = 255;

    private final ValidationErrors problems;
    private final ElementValidator elements;
    private final Set<String> blockIds = new HashSet<>();

    private BlockValidator(ValidationErrors problems) {
        this.problems = problems;
        this.elements = new ElementValidator(problems);
    }

    /** Everything wrong with the blocks; {@code pointer} is where they stand, such as {@code /blocks}. */
    public static List<String> problems(JsonNode blocks, int most, String pointer) {
        ValidationErrors problems = new ValidationErrors();
        if (!blocks.isArray()) {
            problems.add(pointer, "must be an array");
        } else if (blocks.size() > most) {
            problems.add(pointer, "no more than " + most + " items allowed [input:" + blocks.size() + "]");
        } else {
            BlockValidator rules = new BlockValidator(problems);
            for (int index = 0; index < blocks.size(); index++) {
                rules.check(blocks.path(index), pointer + "/" + index);
            }
        }
        return problems.all();
    }

    private void check(JsonNode block, String at) {
        problems.shortEnough(block, "block_id", ID, at);
        String id = block.path("block_id").asText();
        if (!id.isEmpty() && !blockIds.add(id)) {
            problems.add(at + "/block_id", "`block_id` '" + id + "' already exists");
        }
        switch (block.path("type").asText()) {
            case "section" -> section(block, at);
            case "header" -> problems.texts(block, "text", 150, true, at);
            case "context" -> context(block, at);
            case "actions" -> actions(block, at);
            case "input" -> input(block, at);
            case "image" -> elements.image(block, at);
            case "markdown" -> problems.named(block, "text", 12_000, at);
            case "divider", "rich_text", "video", "file", "table" -> {}
            default ->
                problems.add(
                        at + "/type", "unsupported type: " + block.path("type").asText());
        }
    }

    private void section(JsonNode block, String at) {
        if (block.has("fields")) {
            problems.listed(block, "fields", 10, at);
            each(block.path("fields"), at + "/fields", (field, there) -> problems.text(field, 2000, false, there));
            problems.optionalText(block, "text", 3000, false, at);
        } else {
            problems.texts(block, "text", 3000, false, at);
        }
        if (block.has("accessory")) {
            elements.check(block.path("accessory"), at + "/accessory");
        }
    }

    private void context(JsonNode block, String at) {
        problems.listed(block, "elements", 10, at);
        each(block.path("elements"), at + "/elements", (element, there) -> {
            if (element.path("type").asText().equals("image")) {
                elements.image(element, there);
            } else {
                problems.text(element, 3000, false, there);
            }
        });
    }

    private void actions(JsonNode block, String at) {
        problems.listed(block, "elements", 25, at);
        Set<String> actionIds = new HashSet<>();
        each(block.path("elements"), at + "/elements", (element, there) -> {
            String id = element.path("action_id").asText();
            if (!id.isEmpty() && !actionIds.add(id)) {
                problems.add(there + "/action_id", "`action_id` '" + id + "' already exists in this block");
            }
            elements.check(element, there);
        });
    }

    private void input(JsonNode block, String at) {
        problems.texts(block, "label", 2000, true, at);
        problems.optionalText(block, "hint", 2000, true, at);
        elements.check(block.path("element"), at + "/element");
    }

    private interface Check {
        void at(JsonNode item, String pointer);
    }

    private static void each(JsonNode items, String pointer, Check check) {
        for (int index = 0; index < items.size(); index++) {
            check.at(items.path(index), pointer + "/" + index);
        }
    }
}
