package dev.bastion.sandbox.slack.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Escaping of Slack's three control characters. What an app sends is stored with every {@code &}, {@code <} and {@code >} escaped that
 * is not part of a mention, a link or an entity; what people type in a message or command reaches an app escaped.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text/#escaping">Escaping text</a>
 */
public final class Mrkdwn {
    private static final Pattern SPECIAL =
            Pattern.compile("<(?:[@#!][^<>]+|(?:https?://|mailto:|tel:|slack://)[^<>]+)>|&(?:amp|lt|gt);|[&<>]");

    private Mrkdwn() {}

    /** What Slack stores for text an app sent. */
    public static String stored(String text) {
        Matcher matcher = SPECIAL.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(found.group().length() == 1 ? escape(found.group()) : found.group()));
    }

    /** The same where nothing is a mention or a link. */
    private static String storedPlain(String text) {
        return escape(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    /** The text that an app receives for what a person typed. */
    public static String escape(String typed) {
        return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static boolean isText(JsonNode node) {
        String type = node.path("type").asText();
        return (type.equals("mrkdwn") || type.equals("plain_text")) && node.has("text");
    }

    /** Escapes every text object below a node, in place. */
    static void escapeTexts(JsonNode node) {
        if (node instanceof ObjectNode object && isText(object)) {
            String text = object.path("text").asText();
            boolean plain = object.path("type").asText().equals("plain_text");
            object.put("text", plain ? storedPlain(text) : stored(text));
        } else if (node.isContainerNode()) {
            node.valueStream().forEach(Mrkdwn::escapeTexts);
        }
    }
}
