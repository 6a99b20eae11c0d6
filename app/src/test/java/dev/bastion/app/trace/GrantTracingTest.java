package dev.bastion.app.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import dev.bastion.app.world.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is exported to a collector that speaks OTLP. */
class GrantTracingTest {
    private static final RequestId REQUEST = new RequestId("ZMFEJ6AWAAB3H3VH");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00.123456Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final OtlpReceiver collector = new OtlpReceiver();

    @AfterEach
    void stop() {
        collector.close();
    }

    private void export(Map<String, String> variables, List<TraceStep> steps) {
        Map<String, String> environment = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()));
        environment.putAll(variables);
        try (GrantTracing tracing = new GrantTracing(environment, CLOCK)) {
            steps.forEach(tracing.trace()::record);
        }
    }

    private static TraceStep step(RequestId request, StepKind kind) {
        return new TraceStep(request, DEV, kind, "", NOW, NOW.plusSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        ",,,",
        "http://localhost:4318,true,,",
        "http://localhost:4318,,none,",
        "'  ',,,",
    })
    void withoutAnExporterEveryPortIsGivenBackAsItIs(String endpoint, String disabled, String exporter) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint == null ? "" : endpoint);
        environment.put("OTEL_SDK_DISABLED", disabled == null ? "" : disabled);
        environment.put("OTEL_TRACES_EXPORTER", exporter == null ? "" : exporter);
        try (GrantTracing tracing = new GrantTracing(environment, CLOCK)) {
            ProposalRepository proposals = new NoApprovals();
            assertThat(tracing.trace()).isSameAs(GrantTrace.NONE);
            assertThat(tracing.of(proposals)).isSameAs(proposals);
        }
    }

    @ParameterizedTest
    @CsvSource({"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"})
    void eachVariableOfAnEndpointSwitchesItOn(String variable) {
        assertThat(ExporterVariables.nameAnExporter(Map.of(variable, "http://collector:4318")))
                .isTrue();
        assertThat(ExporterVariables.nameAnExporter(Map.of("OTEL_TRACES_EXPORTER", "otlp")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"OTEL_EXPORTER_OTLP_PROTOCOL,grpc", "OTEL_TRACES_SAMPLER,sometimes", "OTEL_TRACES_EXPORTER,zipkin"})
    void variablesThatOpenTelemetryDoesNotTakeAreAFaultThatSaysWhatToDo(String variable, String value) {
        assertThatThrownBy(() -> export(Map.of(variable, value), List.of()))
                .isInstanceOf(InvalidTracing.class)
                .hasMessageContaining("take them out: then nothing is traced");
    }

    @Test
    void aStepIsASpanWithItsOwnTimesAndIdsThatFollowFromTheRequest() {
        export(
                Map.of("OTEL_SERVICE_NAME", "bastion-production"),
                List.of(step(REQUEST, StepKind.COMMIT).with("action", "open").failed(), step(REQUEST, StepKind.GRANT)));
        OtlpReceiver.Received commit = collector.spans("commit").getFirst();
        OtlpReceiver.Received root = collector.spans("grant").getFirst();
        assertThat(commit.trace()).isEqualTo(TraceIds.traceOf(REQUEST)).isEqualTo(root.trace());
        assertThat(commit.parent()).isEqualTo(root.id());
        assertThat(root.parent()).isEmpty();
        assertThat(commit.span().getStartTimeUnixNano()).isEqualTo(nanos(NOW));
        assertThat(commit.span().getEndTimeUnixNano()).isEqualTo(nanos(NOW.plusSeconds(3)));
        assertThat(commit.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(root.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(commit.attributes())
                .isEqualTo(Map.of(
                        "bastion.request", REQUEST.value(), "bastion.environment", "dev", "bastion.action", "open"));
        assertThat(commit.resource()).containsEntry("service.name", "bastion-production");
        assertThat(commit.resource()).as("nothing of the machine").doesNotContainKeys("host.name", "process.pid");
    }

    /** Anyone can find the trace of a request: {@code printf 'bastion trace ZMFEJ6AWAAB3H3VH' | sha256sum | cut -c1-32}. */
    @Test
    void theTraceIdIsTheOneThatTheManualComputes() {
        assertThat(TraceIds.traceOf(REQUEST)).isEqualTo("6aa03cd6ddf1e5b334ca5f12a1f93eb5");
    }

    @Test
    void aStepThatIsSeenAgainIsExportedOnce() {
        export(Map.of(), List.of(step(REQUEST, StepKind.READY), step(REQUEST, StepKind.READY)));
        assertThat(collector.spans()).hasSize(1);
    }

    @Test
    void samplingKeepsOrDropsWholeTraces() {
        List<TraceStep> steps = IntStream.range(0, 60)
                .mapToObj(number -> RequestId.derivedFrom("request " + number))
                .flatMap(request -> List.of(
                        step(request, StepKind.COMMIT), step(request, StepKind.READY), step(request, StepKind.GRANT))
                        .stream())
                .toList();
        export(Map.of("OTEL_TRACES_SAMPLER", "parentbased_traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0.5"), steps);
        Map<String, Long> spans = collector.spans().stream()
                .collect(Collectors.groupingBy(OtlpReceiver.Received::trace, Collectors.counting()));
        assertThat(spans).hasSizeBetween(10, 50);
        assertThat(spans.values()).containsOnly(3L);
    }

    private static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
    }
}
