package dev.bastion.apply.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.apply.run.StepFailed;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The parts of a saved plan that the guard and the summary need.
 *
 * @param plannedAt the time of the plan, which is {@code plantimestamp()} in it
 * @param changes the changes to managed resources; unchanged ones are left out
 * @param present the addresses of the managed resources in the state before the plan
 */
public record PlanDocument(Instant plannedAt, List<PlannedChange> changes, List<String> present) {
    public PlanDocument {
        changes = List.copyOf(changes);
        present = List.copyOf(present);
    }

    /**
     * Parses the output of {@code terraform show -json PLAN}.
     *
     * @throws StepFailed when the text is no plan
     */
    public static PlanDocument parse(String json) {
        try {
            JsonNode plan = new ObjectMapper().readTree(json);
            if (!plan.path("format_version").asText().startsWith("1.")) {
                throw new StepFailed("terraform show did not print a plan in format 1: " + excerpt(json));
            }
            List<String> present = new ArrayList<>();
            addresses(plan.path("prior_state").path("values").path("root_module"), present);
            return new PlanDocument(Instant.parse(plan.path("timestamp").asText()), changes(plan), present);
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new StepFailed("terraform show did not print a plan: " + excerpt(json), e);
        }
    }

    /** The changes with this action. */
    List<PlannedChange> with(PlannedAction action) {
        return changes.stream().filter(change -> change.action() == action).toList();
    }

    private static List<PlannedChange> changes(JsonNode plan) {
        return StreamSupport.stream(plan.path("resource_changes").spliterator(), false)
                .filter(change -> change.path("mode").asText().equals("managed"))
                .map(PlanDocument::change)
                .filter(change -> change.action() != PlannedAction.NOTHING)
                .toList();
    }

    private static PlannedChange change(JsonNode node) {
        List<String> actions = new ArrayList<>();
        node.path("change").path("actions").forEach(action -> actions.add(action.asText()));
        return new PlannedChange(
                node.path("address").asText(),
                node.path("type").asText(),
                PlannedAction.of(actions),
                node.path("action_reason").asText(""),
                node.path("change").path("before"),
                node.path("change").path("after"));
    }

    private static void addresses(JsonNode module, List<String> found) {
        for (JsonNode resource : module.path("resources")) {
            if (resource.path("mode").asText().equals("managed")) {
                found.add(resource.path("address").asText());
            }
        }
        module.path("child_modules").forEach(child -> addresses(child, found));
    }

    private static String excerpt(String text) {
        return text.isBlank() ? "nothing" : text.substring(0, Math.min(200, text.length()));
    }
}
