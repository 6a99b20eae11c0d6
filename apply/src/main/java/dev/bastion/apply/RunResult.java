package dev.bastion.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.run.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of one run. {@link #json()} is the result file. Its keys are the names below; durations are in
 * milliseconds, absent values are {@code null}, and {@code counts} has the number of resources created, updated,
 * replaced and destroyed.
 *
 * @param environment its name, like {@code prod/orders}
 * @param command {@code plan} or {@code apply}
 * @param action {@code open} or {@code close}, as the file asks now; {@code unknown} when it could not be read
 * @param driver {@code cdktf} or {@code terragrunt}; {@code none} before one was chosen
 * @param commit the commit that last changed the environment file
 * @param requestId the access request that the commit names
 * @param failedStep {@code read}, {@code credentials}, {@code synthesise}, {@code init}, {@code plan}, {@code guard}, {@code
 * apply} or {@code verify}
 * @param message the error, for people
 * @param summary the plan in one line, like {@code +1 instance, +1 ingress rule on sg-0a1b2c3d}
 * @param changes the resources that the plan changes, in its order
 * @param objections the guard's reasons to refuse the plan
 * @param leftBehind addresses that a closed environment's state must not have
 * @param outputs the module's outputs after an apply, without sensitive ones
 * @param steps the duration of each step, in order
 */
public record RunResult(
        String environment,
        String command,
        String action,
        String driver,
        Optional<String> commit,
        Optional<String> requestId,
        Outcome outcome,
        Optional<String> failedStep,
        Optional<String> message,
        String summary,
        List<ChangedResource> changes,
        List<String> objections,
        List<String> leftBehind,
        Map<String, JsonNode> outputs,
        Instant startedAt,
        Duration duration,
        Map<String, Duration> steps) {
    public RunResult {
        changes = List.copyOf(changes);
        objections = List.copyOf(objections);
        leftBehind = List.copyOf(leftBehind);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** The result without secrets in what Terraform and the repository say. */
    RunResult redacted(Redaction redaction) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        outputs.forEach((name, value) -> values.put(redaction.text(name), redacted(redaction, value)));
        return new RunResult(
                environment,
                command,
                action,
                driver,
                commit,
                requestId,
                outcome,
                failedStep,
                message.map(redaction::text),
                redaction.text(summary),
                changes.stream()
                        .map(change -> new ChangedResource(change.action(), redaction.text(change.address())))
                        .toList(),
                objections.stream().map(redaction::text).toList(),
                leftBehind.stream().map(redaction::text).toList(),
                values,
                startedAt,
                duration,
                steps);
    }

    private static JsonNode redacted(Redaction redaction, JsonNode value) {
        return switch (value) {
            case TextNode text -> TextNode.valueOf(redaction.text(text.textValue()));
            case ArrayNode array -> {
                ArrayNode redacted = array.arrayNode();
                array.forEach(element -> redacted.add(redacted(redaction, element)));
                yield redacted;
            }
            case ObjectNode object -> {
                ObjectNode redacted = object.objectNode();
                object.properties()
                        .forEach(item ->
                                redacted.set(redaction.text(item.getKey()), redacted(redaction, item.getValue())));
                yield redacted;
            }
            default -> value;
        };
    }

    public boolean succeeded() {
        return outcome.exitCode() == 0;
    }

    /** The outcome for people, like {@code applied}. */
    public String word() {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** What happened, in one sentence for people: the guard's reasons, else the error, else the plan in one line. */
    public String sentence() {
        return objections.isEmpty() ? message.orElse(summary) : String.join("; ", objections);
    }

    /** The plan as Markdown, for a comment on a pull request. */
    public String markdown() {
        return PlanComment.of(this);
    }

    /** The content of the result file: one indented JSON object and a newline. */
    public String json() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("environment", environment)
                .put("command", command)
                .put("action", action)
                .put("driver", driver);
        node.put("commit", commit.orElse(null)).put("requestId", requestId.orElse(null));
        node.put("outcome", word()).put("exitCode", outcome.exitCode());
        node.put("failedStep", failedStep.orElse(null)).put("message", message.orElse(null));
        node.put("summary", summary);
        ObjectNode counts = node.putObject("counts");
        for (String action : List.of("create", "update", "replace", "destroy")) {
            counts.put(
                    action,
                    changes.stream()
                            .filter(change -> change.action().equals(action))
                            .count());
        }
        var changed = node.putArray("changes");
        changes.forEach(
                change -> changed.addObject().put("action", change.action()).put("address", change.address()));
        var refused = node.putArray("objections");
        objections.forEach(refused::add);
        var left = node.putArray("leftBehind");
        leftBehind.forEach(left::add);
        ObjectNode values = node.putObject("outputs");
        outputs.forEach(values::set);
        node.put("startedAt", startedAt.toString()).put("durationMillis", duration.toMillis());
        ObjectNode millis = node.putObject("stepMillis");
        steps.forEach((step, time) -> millis.put(step, time.toMillis()));
        return node.toPrettyString() + "\n";
    }
}
