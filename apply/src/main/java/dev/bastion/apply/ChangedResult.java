package dev.bastion.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.apply.run.StepFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of a run over several environments.
 *
 * @param head the commit that was applied
 * @param results of the environments that were started, in their order
 * @param notStarted the names of the others: the run was stopped before their turn
 */
public record ChangedResult(String head, Instant startedAt, List<RunResult> results, List<String> notStarted) {
    private static final int FAILED = 1;

    public ChangedResult {
        results = List.copyOf(results);
        notStarted = List.copyOf(notStarted);
    }

    /** Whether every environment had its turn: a run that was stopped has no end to report. */
    public boolean isComplete() {
        return notStarted.isEmpty();
    }

    /** 0 when all succeeded; that of the failures where all have the same one; otherwise 1. */
    public int exitCode() {
        List<Integer> codes = results.stream()
                .map(result -> result.outcome().exitCode())
                .filter(code -> code != 0)
                .distinct()
                .toList();
        if (codes.isEmpty()) {
            return notStarted.isEmpty() ? 0 : FAILED;
        }
        return codes.size() == 1 && notStarted.isEmpty() ? codes.getFirst() : FAILED;
    }

    /** One line for people. */
    public String summary() {
        if (results.isEmpty() && notStarted.isEmpty()) {
            return "nothing to do";
        }
        List<String> parts = new ArrayList<>();
        String done = names(results.stream().filter(RunResult::succeeded).toList());
        String failed =
                names(results.stream().filter(result -> !result.succeeded()).toList());
        if (!done.isEmpty()) {
            parts.add("done: " + done);
        }
        if (!failed.isEmpty()) {
            parts.add("failed: " + failed);
        }
        if (!notStarted.isEmpty()) {
            parts.add("not started: " + String.join(", ", notStarted));
        }
        return String.join("; ", parts);
    }

    private static String names(List<RunResult> results) {
        return results.stream().map(RunResult::environment).distinct().collect(Collectors.joining(", "));
    }

    /** The content of the result file: one indented JSON object, with the result of each environment as it has alone. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode();
        node.put("head", head).put("startedAt", startedAt.toString());
        node.put("exitCode", exitCode()).put("summary", summary());
        ArrayNode environments = node.putArray("environments");
        try {
            for (RunResult result : results) {
                environments.add(mapper.readTree(result.json()));
            }
        } catch (JsonProcessingException e) {
            throw new StepFailed("the result of a run is no JSON", e);
        }
        notStarted.forEach(node.putArray("notStarted")::add);
        return node.toPrettyString() + "\n";
    }

    /** The results as a Markdown table, for the summary of a CI run. */
    public String markdown() {
        if (results.isEmpty() && notStarted.isEmpty()) {
            return "Nothing to do.\n";
        }
        StringBuilder text =
                new StringBuilder("| Environment | Asked | Outcome | Seconds | What |\n|---|---|---|---|---|\n");
        results.forEach(result -> text.append(
                row(result.environment(), result.action(), result.word(), seconds(result), result.sentence())));
        notStarted.forEach(name -> text.append(row(name, "", "not started", "", "the run was stopped before")));
        return text.toString();
    }

    private static String seconds(RunResult result) {
        return String.valueOf(result.duration().toSeconds());
    }

    private static String row(String... cells) {
        return List.of(cells).stream()
                .map(cell -> PlanComment.escaped(cell))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
