package dev.bastion.sandbox.slack.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Block Kit JSON: finds elements, and adds the ids that Slack adds when it stores blocks. */
public final class Blocks {
    private Blocks() {}

    /** An interactive element, with the block it is in. */
    public record FoundElement(String blockId, ObjectNode element) {
        public String actionId() {
            return element.path("action_id").asText();
        }

        public String type() {
            return element.path("type").asText();
        }
    }

    /** A copy with escaped texts and with a block id and action id wherever the app gave none. */
    public static ArrayNode stored(JsonNode blocks, Ids ids) {
        ArrayNode stored = Json.array();
        blocks.valueStream().map(Json::copy).forEach(block -> {
            Mrkdwn.escapeTexts(block);
            if (!block.hasNonNull("block_id")) {
                block.put("block_id", ids.next(""));
            }
            interactive(block)
                    .filter(element -> !element.hasNonNull("action_id"))
                    .forEach(element -> element.put("action_id", ids.next("")));
            stored.add(block);
        });
        return stored;
    }

    /** Everything with an action id, in reading order. */
    public static List<FoundElement> elements(JsonNode blocks) {
        List<FoundElement> placed = new ArrayList<>();
        blocks.valueStream()
                .forEach(block -> interactive(block)
                        .filter(element -> element.hasNonNull("action_id"))
                        .forEach(element -> placed.add(
                                new FoundElement(block.path("block_id").asText(), element))));
        return placed;
    }

    public static Optional<FoundElement> element(JsonNode blocks, String actionId) {
        return elements(blocks).stream()
                .filter(placed -> placed.actionId().equals(actionId))
                .findFirst();
    }

    /** Every text of the blocks, as stored, in reading order. */
    public static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        collect(node, texts);
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isObject() && Mrkdwn.isText(node)) {
            texts.add(node.path("text").asText());
        } else if (node.isContainerNode()) {
            node.valueStream().forEach(child -> collect(child, texts));
        }
    }

    private static Stream<ObjectNode> interactive(JsonNode block) {
        Stream<JsonNode> candidates = switch (block.path("type").asText()) {
            case "actions" -> block.path("elements").valueStream();
            case "input" -> Stream.of(block.path("element"));
            case "section" -> Stream.of(block.path("accessory"));
            default -> Stream.of();
        };
        return candidates
                .filter(element -> !element.path("type").asText("image").equals("image"))
                .map(ObjectNode.class::cast);
    }
}
