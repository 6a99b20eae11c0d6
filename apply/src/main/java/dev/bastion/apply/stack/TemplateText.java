package dev.bastion.apply.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Text for Terraform's JSON syntax. There, every string and property name is a template, so literal <code>${</code> and
 * <code>%{</code> are doubled.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping">Expression mapping</a>
 */
final class TemplateText {
    private TemplateText() {}

    static String escaped(String text) {
        return text.replace("${", "$${").replace("%{", "%%{");
    }

    /** The value with every text in it escaped. */
    static JsonNode escaped(JsonNode value) {
        return switch (value) {
            case TextNode text -> TextNode.valueOf(escaped(text.textValue()));
            case ArrayNode array -> {
                ArrayNode escaped = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> escaped.add(escaped(element)));
                yield escaped;
            }
            case ObjectNode object -> {
                ObjectNode escaped = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(item -> escaped.set(escaped(item.getKey()), escaped(item.getValue())));
                yield escaped;
            }
            default -> value;
        };
    }
}
