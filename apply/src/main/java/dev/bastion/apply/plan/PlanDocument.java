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
 * A saved plan, as far as it matters here.
 *
 * @param plannedAt the moment the plan was made, which is what {@code plantimestamp()} answered in it
 * @param changes what it does to managed resources; those it leaves alone are not among them
 * @param present the addresses of the managed resources that the state had when it was made
 */
public record PlanDocument(Instant plannedAt, List<PlannedChange> changes, List<String> present) {
    public PlanDocument {
        changes = List.copyOf(changes);
        present = List.copyOf(present);
    }

    /**
     * Reads what {@code terraform show -json PLAN} prints.
     *
     * @throws StepFailed when it is not that
     */
    public static PlanDocument parse(String json) {
        try {
            JsonNode plan = new ObjectMapper().readTree(json);
            if (!plan.path("format_version").asText().startsWith("1.")) {
                throw new StepFailed("terraform show did not print a plan in format 1: " + firstOf(json));
            }
            List<String> present = new ArrayList<>();
            addresses(plan.path("prior_state").path("values").path("root_module"), present);
            return new PlanDocument(Instant.parse(plan.path("timestamp").asText()), changes(plan), present);
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new StepFailed("terraform show did not print a plan: " + firstOf(json), e);
        }
    }

    /** The addresses of those with this action. */
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

    private static String firstOf(String text) {
        return text.isBlank() ? "nothing" : text.substring(0, Math.min(200, text.length()));
    }
}
