package dev.bastion.sandbox.slack.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.blocks.Blocks;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.view.ModalView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values a person entered, in the format of Slack's payloads. A value is text: what was typed, the value of the chosen option,
 * a user id, a date; for several chosen options, their values joined by commas.
 *
 * @see <a href="https://docs.slack.dev/reference/views#state">View state</a>
 */
final class InputValues {
    private InputValues() {}

    /** {@code values} by action id; what is not among them keeps what the view began with. */
    static ObjectNode state(ModalView view, Map<String, String> values) {
        ObjectNode state = Json.object();
        for (Blocks.FoundElement found : Blocks.elements(view.blocks())) {
            Blocks.FoundElement placed = withSuggestions(view, found);
            if (!placed.type().equals("button")) {
                ObjectNode block = state.withObjectProperty(placed.blockId());
                block.set(
                        placed.actionId(),
                        entered(placed.element(), Optional.ofNullable(values.get(placed.actionId()))));
            }
        }
        return state;
    }

    /** The element with the options that the app suggested for it, as the person sees it. */
    static Blocks.FoundElement withSuggestions(ModalView view, Blocks.FoundElement placed) {
        return Optional.ofNullable(view.suggested().get(placed.actionId()))
                .filter(suggested -> placed.type().equals("external_select"))
                .map(suggested -> new Blocks.FoundElement(
                        placed.blockId(), placed.element().deepCopy().set("options", suggested)))
                .orElse(placed);
    }

    /** Labels of what has to be filled in and is not. */
    static List<String> missing(ModalView view, ObjectNode state) {
        return Json.items(view.blocks())
                .filter(block -> block.path("type").asText().equals("input")
                        && !block.path("optional").asBoolean())
                .filter(block -> isEmpty(state.path(block.path("block_id").asText())
                        .path(block.path("element").path("action_id").asText())))
                .map(block -> block.path("label").path("text").asText())
                .toList();
    }

    /** An action as {@code block_actions} carries it. */
    static ObjectNode action(Blocks.FoundElement placed, Optional<String> value, String at) {
        ObjectNode action =
                placed.type().equals("button") ? button(placed.element()) : entered(placed.element(), value);
        action.put("type", placed.type()).put("action_id", placed.actionId()).put("block_id", placed.blockId());
        return action.put("action_ts", at);
    }

    private static ObjectNode button(ObjectNode element) {
        ObjectNode action = Json.object();
        action.set("text", element.path("text"));
        Json.text(element, "value").ifPresent(value -> action.put("value", value));
        Json.text(element, "style").ifPresent(style -> action.put("style", style));
        return action;
    }

    private static ObjectNode entered(ObjectNode element, Optional<String> value) {
        String type = element.path("type").asText();
        ObjectNode entered = Json.object().put("type", type);
        switch (type) {
            case "static_select", "external_select", "radio_buttons", "overflow" ->
                entered.set("selected_option", chosen(element, value));
            case "checkboxes", "multi_static_select" -> entered.set("selected_options", allChosen(element, value));
            case "users_select" -> plain(entered, "selected_user", value.or(() -> Json.text(element, "initial_user")));
            case "datepicker" -> plain(entered, "selected_date", value.or(() -> Json.text(element, "initial_date")));
            case "timepicker" -> plain(entered, "selected_time", value.or(() -> Json.text(element, "initial_time")));
            case "datetimepicker" -> dateTime(entered, value.or(() -> Json.text(element, "initial_date_time")));
            default -> plain(entered, "value", value.or(() -> Json.text(element, "initial_value")));
        }
        return entered;
    }

    /** Seconds since 1970, as a number. */
    private static void dateTime(ObjectNode entered, Optional<String> value) {
        entered.put(
                "selected_date_time",
                value.filter(text -> !text.isEmpty()).map(Long::valueOf).orElse(null));
    }

    private static void plain(ObjectNode entered, String key, Optional<String> value) {
        entered.put(key, value.filter(text -> !text.isEmpty()).orElse(null));
    }

    private static JsonNode chosen(ObjectNode element, Optional<String> value) {
        return value.filter(text -> !text.isEmpty())
                .map(wanted -> option(element, wanted))
                .orElseGet(() -> value.isPresent() ? Json.object().nullNode() : initial(element));
    }

    private static JsonNode initial(ObjectNode element) {
        return element.has("initial_option")
                ? element.path("initial_option")
                : Json.object().nullNode();
    }

    private static JsonNode allChosen(ObjectNode element, Optional<String> value) {
        ArrayNode chosen = Json.array();
        if (value.isPresent()) {
            for (String wanted : value.get().split(",")) {
                if (!wanted.isEmpty()) {
                    chosen.add(option(element, wanted));
                }
            }
        } else {
            element.path("initial_options").forEach(chosen::add);
        }
        return chosen;
    }

    private static JsonNode option(ObjectNode element, String value) {
        return element.findValuesAsText("value").contains(value)
                ? element.findParents("value").stream()
                        .filter(option -> option.path("value").asText().equals(value))
                        .findFirst()
                        .orElseThrow()
                : refuse(element, value);
    }

    private static JsonNode refuse(ObjectNode element, String value) {
        throw new IllegalArgumentException("no option " + value + " in "
                + element.path("action_id").asText() + "; it has " + element.findValuesAsText("value"));
    }

    private static boolean isEmpty(JsonNode entered) {
        return entered.propertyStream()
                .filter(property -> !property.getKey().equals("type"))
                .allMatch(property -> property.getValue().isNull()
                        || (property.getValue().isArray() && property.getValue().isEmpty()));
    }
}
