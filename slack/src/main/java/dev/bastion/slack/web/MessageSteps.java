package dev.bastion.slack.web;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The messages about requests as steps of their traces: each call of Slack is one, also one that fails. */
final class MessageSteps {
    private final GrantTrace trace;
    private final InstantSource clock;

    MessageSteps(GrantTrace trace, InstantSource clock) {
        this.trace = trace;
        this.clock = clock;
    }

    /** The call's result. Messages that are about no environment, like alarms of the service itself, are no steps. */
    <T> T of(String action, PostedMetadata metadata, Supplier<T> call) {
        Instant start = clock.instant();
        try {
            T result = call.get();
            step(action, metadata, start).ifPresent(trace::record);
            return result;
        } catch (SlackFailure e) {
            step(action, metadata, start).map(TraceStep::failed).ifPresent(trace::record);
            throw e;
        }
    }

    private Optional<TraceStep> step(String action, PostedMetadata metadata, Instant start) {
        if (trace.equals(GrantTrace.NONE) || !(metadata instanceof MessageMetadata about)) {
            return Optional.empty();
        }
        String name = about.stage().map(DisplayedStage::word).or(about::key).orElse("");
        return environment(about)
                .map(environment -> new TraceStep(
                                about.request(),
                                environment,
                                StepKind.MESSAGE,
                                action + " " + name + " " + start,
                                start,
                                clock.instant())
                        .with("action", action)
                        .with("message", name));
    }

    private static Optional<EnvironmentName> environment(MessageMetadata about) {
        return about.environment()
                .or(() -> isInContext(about.request())
                        ? Optional.ofNullable(WorkContext.current().fields().get(WorkContext.ENVIRONMENT))
                                .flatMap(EnvironmentName::parse)
                        : Optional.empty());
    }

    private static boolean isInContext(RequestId request) {
        return request.value().equals(WorkContext.current().fields().get(WorkContext.REQUEST));
    }
}
