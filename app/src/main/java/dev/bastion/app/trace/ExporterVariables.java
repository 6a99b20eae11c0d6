package dev.bastion.app.trace;

import java.util.List;
import java.util.Map;

/** The variables that switch traces on. This class knows nothing of OpenTelemetry, so that a service without them loads none of it. */
final class ExporterVariables {
    private ExporterVariables() {}

    /** Whether the environment names an exporter of traces. */
    static boolean nameAnExporter(Map<String, String> environment) {
        String exporter = environment.getOrDefault("OTEL_TRACES_EXPORTER", "");
        boolean isOff = environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")
                || exporter.strip().equalsIgnoreCase("none");
        return !isOff
                && List.of(
                                exporter,
                                environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
                                environment.getOrDefault("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", ""))
                        .stream()
                        .anyMatch(value -> !value.isBlank());
    }
}
