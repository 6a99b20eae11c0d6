package dev.bastion.sandbox.slack.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.blocks.BlockValidator;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import java.util.List;

/**
 * Validation of the options with which an app answers a search, against the limits of a menu.
 *
 * @see <a href="https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload">block_suggestion</a>
 */
final class OptionsValidator {
    private OptionsValidator() {}

    /** The options; none is an answer too. */
    static ArrayNode checked(JsonNode answer) {
        ArrayNode options = Json.array();
        answer.path("options").forEach(options::add);
        if (!answer.has("options")) {
            throw new SlackException("invalid_arguments", List.of("[ERROR] missing required field: options"));
        }
        if (!options.isEmpty()) {
            ObjectNode menu = Json.object().put("type", "static_select").put("action_id", "search");
            menu.set("options", options);
            ObjectNode block = Json.object().put("type", "actions");
            block.putArray("elements").add(menu);
            List<String> problems = BlockValidator.problems(Json.array().add(block), 1, "/blocks");
            if (!problems.isEmpty()) {
                throw new SlackException("invalid_arguments", problems);
            }
        }
        return options;
    }
}
