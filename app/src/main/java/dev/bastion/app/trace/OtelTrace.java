package dev.bastion.app.trace;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The traces of grants as spans of OpenTelemetry, exported as the usual environment variables say
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). A span is made when its step has ended,
 * with the step's own times, so that no span is lost with a process or left open by it.
 */
final class OtelTrace implements GrantTrace, AutoCloseable {
    private static final String PREFIX = "OTEL_";
    private static final String SCOPE = "dev.bastion";
    private static final Duration FLUSH = Duration.ofSeconds(3);
    /** The steps of the last grants: what this process sees again is exported once. */
    private static final int MOST_REMEMBERED = 20_000;

    /** What holds where the environment says nothing else. The client of HTTP is the JDK's, which has no gRPC. */
    private static final Map<String, String> DEFAULTS =
            Map.of("otel.service.name", "bastion", "otel.exporter.otlp.protocol", "http/protobuf");
    /** Metrics are at {@code /metrics} and logs on standard output, whatever the environment says. */
    private static final Map<String, String> FIXED =
            Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");

    private record Ids(String trace, String span) {}

    private static final ScopedValue<Ids> NEXT = ScopedValue.newInstance();

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Map<String, Boolean> exported = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * Starts the exporter.
     *
     * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException when a variable is invalid
     */
    OtelTrace(Map<String, String> environment) {
        this.provider = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addPropertiesCustomizer(_ -> properties(environment))
                .addTracerProviderCustomizer((builder, _) -> builder.setIdGenerator(new DerivedIds()))
                .build()
                .getOpenTelemetrySdk()
                .getSdkTracerProvider();
        this.tracer = provider.get(SCOPE);
        ExporterLog.attach();
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        properties.putAll(FIXED);
        return properties;
    }

    @Override
    public void record(TraceStep step) {
        String span = TraceIds.spanOf(step);
        if (isNew(TraceIds.traceOf(step.request()) + span)) {
            ScopedValue.where(NEXT, new Ids(TraceIds.traceOf(step.request()), span))
                    .run(() -> export(step));
        }
    }

    private boolean isNew(String id) {
        synchronized (exported) {
            return exported.put(id, true) == null;
        }
    }

    private void export(TraceStep step) {
        SpanBuilder builder = tracer.spanBuilder(step.kind().word())
                .setSpanKind(SpanKind.INTERNAL)
                .setStartTimestamp(step.start())
                .setAttribute("bastion.request", step.request().value())
                .setAttribute("bastion.environment", step.environment().value());
        step.attributes().forEach((name, value) -> builder.setAttribute("bastion." + name, value));
        if (step.kind() == StepKind.GRANT) {
            builder.setNoParent();
        } else {
            builder.setParent(Context.root().with(Span.wrap(root(step.request()))));
        }
        Span span = builder.startSpan();
        if (step.hasFailed()) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(step.end());
    }

    /** The parent, which another process may export, or this one later. The sampler decides by its id, for all of the trace. */
    private SpanContext root(RequestId request) {
        String trace = TraceIds.traceOf(request);
        SamplingDecision decision = provider.getSampler()
                .shouldSample(
                        Context.root(), trace, StepKind.GRANT.word(), SpanKind.INTERNAL, Attributes.empty(), List.of())
                .getDecision();
        TraceFlags flags =
                decision == SamplingDecision.RECORD_AND_SAMPLE ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return SpanContext.createFromRemoteParent(trace, TraceIds.rootOf(request), flags, TraceState.getDefault());
    }

    /** Exports what waits, for a few seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(FLUSH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The ids of the span that this thread makes. */
    private static final class DerivedIds implements IdGenerator {
        private final IdGenerator random = IdGenerator.random();

        @Override
        public String generateSpanId() {
            return NEXT.isBound() ? NEXT.get().span() : random.generateSpanId();
        }

        @Override
        public String generateTraceId() {
            return NEXT.isBound() ? NEXT.get().trace() : random.generateTraceId();
        }
    }
}
