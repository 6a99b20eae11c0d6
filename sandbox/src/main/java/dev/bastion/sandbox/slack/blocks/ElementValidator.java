package dev.bastion.sandbox.slack.blocks;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Validation of block elements against Slack's limits.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/block-elements">Block elements</a>
 */
final class ElementValidator {
    private final ValidationErrors problems;

    ElementValidator(ValidationErrors problems) {
        this.problems = problems;
    }

    void check(JsonNode element, String at) {
        problems.shortEnough(element, "action_id", 255, at);
        problems.optionalText(element, "placeholder", 150, true, at);
        if (element.hasNonNull("confirm")) {
            confirmation(element.path("confirm"), at + "/confirm");
        }
        switch (element.path("type").asText()) {
            case "button" -> button(element, at);
            case "static_select", "multi_static_select" -> select(element, at);
            case "external_select" -> external(element, at);
            case "overflow" -> options(element, 5, at);
            case "radio_buttons", "checkboxes" -> options(element, 10, at);
            case "plain_text_input" -> input(element, at);
            case "image" -> image(element, at);
            case "datepicker",
                    "timepicker",
                    "datetimepicker",
                    "number_input",
                    "email_text_input",
                    "url_text_input" -> {}
            case "users_select", "multi_users_select", "conversations_select", "channels_select" -> {}
            default ->
                problems.add(
                        at + "/type",
                        "unsupported type: " + element.path("type").asText());
        }
    }

    void image(JsonNode image, String at) {
        problems.named(image, "alt_text", 2000, at);
        problems.shortEnough(image, "image_url", 3000, at);
    }

    private void button(JsonNode button, String at) {
        problems.texts(button, "text", 75, true, at);
        problems.shortEnough(button, "value", 2000, at);
        problems.shortEnough(button, "url", 3000, at);
        problems.shortEnough(button, "accessibility_label", 75, at);
        String style = button.path("style").asText("primary");
        if (!style.equals("primary") && !style.equals("danger")) {
            problems.add(at + "/style", "must be one of: primary, danger");
        }
    }

    private void select(JsonNode select, String at) {
        if (select.has("option_groups")) {
            problems.listed(select, "option_groups", 100, at);
            for (int index = 0; index < select.path("option_groups").size(); index++) {
                options(select.path("option_groups").path(index), 100, at + "/option_groups/" + index);
            }
        } else {
            options(select, 100, at);
        }
    }

    private void external(JsonNode select, String at) {
        if (select.hasNonNull("min_query_length")
                && select.path("min_query_length").asInt(-1) < 0) {
            problems.add(at + "/min_query_length", "must be an integer from 0 on");
        }
        if (select.has("options")) {
            problems.add(at + "/options", "external_select takes no options");
        }
    }

    private void options(JsonNode element, int most, String at) {
        problems.listed(element, "options", most, at);
        JsonNode options = element.path("options");
        for (int index = 0; index < options.size(); index++) {
            String there = at + "/options/" + index;
            problems.texts(options.path(index), "text", 75, false, there);
            problems.named(options.path(index), "value", 150, there);
            problems.optionalText(options.path(index), "description", 75, false, there);
        }
    }

    private void input(JsonNode input, String at) {
        int most = input.path("max_length").asInt(3000);
        if (most < 1 || most > 3000) {
            problems.add(at + "/max_length", "must be between 1 and 3000");
        }
        problems.shortEnough(input, "initial_value", most, at);
    }

    private void confirmation(JsonNode confirm, String at) {
        problems.texts(confirm, "title", 100, true, at);
        problems.texts(confirm, "text", 300, false, at);
        problems.optionalText(confirm, "confirm", 30, true, at);
        problems.optionalText(confirm, "deny", 30, true, at);
    }
}
