package dev.bastion.sandbox.slack.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Validation of modals and App Home views against Slack's limits.
 *
 * @see <a href="https://docs.slack.dev/reference/views">Views</a>
 */
public final class ViewValidator {
    private ViewValidator() {}

    /** Everything wrong with a view that ought to be of a type: modal or home. */
    public static List<String> problems(JsonNode view, String type) {
        ValidationErrors problems = new ValidationErrors();
        if (!view.path("type").asText().equals(type)) {
            problems.add("/view/type", "must be " + type);
        }
        if (type.equals("modal")) {
            problems.texts(view, "title", 24, true, "/view");
            problems.optionalText(view, "submit", 24, true, "/view");
            problems.optionalText(view, "close", 24, true, "/view");
        }
        problems.shortEnough(view, "callback_id", 255, "/view");
        problems.shortEnough(view, "private_metadata", 3000, "/view");
        boolean asks = view.path("blocks")
                .valueStream()
                .anyMatch(block -> block.path("type").asText().equals("input"));
        if (type.equals("modal") && asks && !view.hasNonNull("submit")) {
            problems.add("/view", "`submit` is required when an input block is within blocks");
        }
        List<String> all = new ArrayList<>(problems.all());
        all.addAll(BlockValidator.problems(view.path("blocks"), BlockValidator.IN_VIEW, "/view/blocks"));
        return all;
    }
}
