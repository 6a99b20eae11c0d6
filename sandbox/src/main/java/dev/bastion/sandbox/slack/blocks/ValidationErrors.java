package dev.bastion.sandbox.slack.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The validation errors of a payload, in Slack's format: {@code [ERROR] must be … [json-pointer:/blocks/0/text]}. */
final class ValidationErrors {
    private final List<String> found = new ArrayList<>();

    void add(String pointer, String problem) {
        found.add("[ERROR] " + problem + " [json-pointer:" + pointer + "]");
    }

    List<String> all() {
        return List.copyOf(found);
    }

    /** The value under a key is text no longer than {@code most} characters, where it is there at all. */
    void shortEnough(JsonNode node, String key, int most, String pointer) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (!value.isTextual()) {
            add(pointer + "/" + key, "must be a string");
        } else if (value.asText().length() > most) {
            add(pointer + "/" + key, "must be less than " + (most + 1) + " characters");
        }
    }

    /** The value under a key is there, is text, and is 1 to {@code most} characters long. */
    void named(JsonNode node, String key, int most, String pointer) {
        if (node.path(key).asText().isEmpty()) {
            add(pointer, "missing required field: " + key);
        } else {
            shortEnough(node, key, most, pointer);
        }
    }

    /** The value under a key is a list of 1 to {@code most} items. */
    void listed(JsonNode node, String key, int most, String pointer) {
        JsonNode list = node.path(key);
        if (!list.isArray() || list.isEmpty()) {
            add(pointer, "missing required field: " + key);
        } else if (list.size() > most) {
            add(pointer + "/" + key, "no more than " + most + " items allowed [input:" + list.size() + "]");
        }
    }

    /** The value under a key is a text object of 1 to {@code most} characters; {@code plain}: no mrkdwn. */
    void texts(JsonNode node, String key, int most, boolean plain, String pointer) {
        if (node.path(key).isMissingNode()) {
            add(pointer, "missing required field: " + key);
        } else {
            text(node.path(key), most, plain, pointer + "/" + key);
        }
    }

    /** As {@link #texts}, for a text object that may be left out. */
    void optionalText(JsonNode node, String key, int most, boolean plain, String pointer) {
        if (node.hasNonNull(key)) {
            text(node.path(key), most, plain, pointer + "/" + key);
        }
    }

    void text(JsonNode text, int most, boolean plain, String pointer) {
        String type = text.path("type").asText();
        if (!type.equals("plain_text") && (plain || !type.equals("mrkdwn"))) {
            add(pointer + "/type", "unsupported type: " + type);
        }
        named(text, "text", most, pointer);
    }
}
