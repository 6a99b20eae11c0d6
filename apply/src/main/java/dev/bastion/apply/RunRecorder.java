package dev.bastion.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.apply.plan.PlanSummary;
import dev.bastion.apply.run.Intent;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.stack.Driver;
import dev.bastion.apply.stack.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The record of a run in progress. */
final class RunRecorder {
    private final String command;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Map<String, Duration> steps = new LinkedHashMap<>();

    private String step = "read";
    private String environment;
    private String action = "unknown";
    private String driver = "none";
    private Optional<String> commit = Optional.empty();
    private Optional<String> requestId = Optional.empty();
    private PlanSummary plan = new PlanSummary(List.of());
    private List<String> objections = List.of();
    private List<String> leftBehind = List.of();
    private Map<String, JsonNode> outputs = Map.of();

    RunRecorder(String command, String environment, InstantSource clock) {
        this.command = command;
        this.environment = environment;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Runs one step and records how long it took. */
    <T> T step(String name, Supplier<T> work) {
        step = name;
        Instant start = clock.instant();
        try {
            return work.get();
        } finally {
            steps.merge(name, Duration.between(start, clock.instant()), Duration::plus);
        }
    }

    void setEnvironment(String name) {
        environment = name;
    }

    void setProvenance(Provenance provenance) {
        commit = provenance.commit();
        requestId = provenance.requestId();
    }

    void setDriver(Driver chosen) {
        driver = chosen.name();
    }

    void setPlan(Intent intent, PlanSummary summary) {
        action = intent.word();
        plan = summary;
    }

    void setObjections(List<String> reasons) {
        objections = reasons;
    }

    void setLeftBehind(List<String> addresses) {
        leftBehind = addresses;
    }

    void setOutputs(Map<String, JsonNode> values) {
        outputs = values;
    }

    boolean plansOnly() {
        return command.equals("plan");
    }

    RunResult done(Outcome outcome) {
        return result(outcome, Optional.empty(), Optional.empty());
    }

    RunResult failed(Outcome outcome, String message) {
        return result(outcome, Optional.of(step), Optional.of(message));
    }

    private RunResult result(Outcome outcome, Optional<String> failedStep, Optional<String> message) {
        return new RunResult(
                environment,
                command,
                action,
                driver,
                commit,
                requestId,
                outcome,
                failedStep,
                message,
                plan.line(),
                changes(),
                objections,
                leftBehind,
                outputs,
                startedAt,
                Duration.between(startedAt, clock.instant()),
                steps);
    }

    private List<ChangedResource> changes() {
        return plan.changes().stream()
                .map(change -> new ChangedResource(change.action().name().toLowerCase(Locale.ROOT), change.address()))
                .toList();
    }
}
