package dev.bastion.access.telemetry;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a grant's trace.
 *
 * @param key distinguishes it from other steps of its kind, the same in every process; empty where there is one
 * @param end not before its start
 * @param attributes ids and words of ours alone: never what a person wrote
 */
public record TraceStep(
        RequestId request,
        EnvironmentName environment,
        StepKind kind,
        String key,
        Instant start,
        Instant end,
        boolean hasFailed,
        Map<String, String> attributes) {
    public TraceStep {
        end = end.isBefore(start) ? start : end;
        attributes = Map.copyOf(attributes);
    }

    /** A step that succeeded, without attributes. */
    public TraceStep(
            RequestId request, EnvironmentName environment, StepKind kind, String key, Instant start, Instant end) {
        this(request, environment, kind, key, start, end, false, Map.of());
    }

    /** The same step with one more attribute, like {@code action}. */
    public TraceStep with(String attribute, String value) {
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new TraceStep(request, environment, kind, key, start, end, hasFailed, more);
    }

    /** The same step, which failed. */
    public TraceStep failed() {
        return new TraceStep(request, environment, kind, key, start, end, true, attributes);
    }
}
