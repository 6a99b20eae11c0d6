package dev.bastion.apply.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.apply.run.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parser of Terraform's {@code -json} output. It prints one line per resource event and keeps errors and outputs.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/machine-readable-ui">Machine-readable UI</a>
 */
final class TerraformEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Progress progress;
    private final boolean applying;
    private final List<String> errors = new ArrayList<>();
    private final Map<String, JsonNode> outputs = new LinkedHashMap<>();

    /** @param applying whether they are of an apply rather than of a plan */
    TerraformEvents(Progress progress, boolean applying) {
        this.progress = progress;
        this.applying = applying;
    }

    /** Parses one line of output; a line that is no event is printed. */
    synchronized void accept(String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            JsonNode event = JSON.readTree(line);
            if (event.isObject()) {
                event(event);
                return;
            }
        } catch (JsonProcessingException _) {
            // no event: output of Terragrunt, of a crashed provider, or of Terraform before it parsed -json
        }
        progress.say("  " + Progress.oneLine(line));
    }

    /** Parses one line of the standard error, which is only used for faults. */
    synchronized void acceptError(String line) {
        if (!line.isBlank()) {
            errors.add(Progress.oneLine(line));
            accept(line);
        }
    }

    /** Every error so far, complete. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** The outputs that are not sensitive. */
    synchronized Map<String, JsonNode> outputs() {
        return new LinkedHashMap<>(outputs);
    }

    private void event(JsonNode event) {
        switch (event.path("type").asText()) {
            case "diagnostic" -> diagnostic(event.path("diagnostic"));
            case "outputs" -> outputs(event.path("outputs"));
            case "planned_change" -> planned(event, "to ");
            case "resource_drift" -> planned(event, "changed outside Terraform, ");
            case "apply_start", "apply_progress", "apply_complete", "apply_errored" -> applied(event);
            case "state_lock_acquire" -> progress.say("  waiting for the state lock");
            case "version", "refresh_start", "refresh_complete", "change_summary", "state_lock_release" -> {}
            case "provision_start", "provision_progress", "provision_complete", "provision_errored" -> {}
            default -> say(event);
        }
    }

    private void say(JsonNode event) {
        progress.say("  " + Progress.oneLine(event.path("@message").asText()));
    }

    private void applied(JsonNode event) {
        if (!event.path("hook").path("action").asText().equals("read")) {
            say(event);
        }
    }

    /** An apply repeats the events of its plan. */
    private void planned(JsonNode event, String how) {
        if (!applying) {
            JsonNode change = event.path("change");
            progress.say("  "
                    + Progress.oneLine(how + change.path("action").asText() + " "
                            + change.path("resource").path("addr").asText()));
        }
    }

    private void diagnostic(JsonNode diagnostic) {
        String severity = diagnostic.path("severity").asText();
        String text = Progress.oneLine(diagnostic.path("summary").asText() + location(diagnostic) + ". "
                + diagnostic.path("detail").asText());
        if (severity.equals("error")) {
            errors.add(text);
        }
        progress.say("  " + severity + ": " + text);
    }

    private static String location(JsonNode diagnostic) {
        JsonNode range = diagnostic.path("range");
        String address = diagnostic.path("address").asText("");
        return (address.isEmpty() ? "" : " (" + address + ")")
                + (range.isObject()
                        ? " at " + range.path("filename").asText() + ":"
                                + range.path("start").path("line").asInt()
                        : "");
    }

    private void outputs(JsonNode values) {
        values.properties().forEach(output -> {
            JsonNode value = output.getValue();
            if (value.has("value") && !value.path("sensitive").asBoolean()) {
                outputs.put(output.getKey(), value.path("value"));
            }
        });
    }
}
