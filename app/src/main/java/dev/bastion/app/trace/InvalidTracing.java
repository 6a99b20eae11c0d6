package dev.bastion.app.trace;

/** The fault that OpenTelemetry does not take the variables of the environment, which a person must correct. */
public final class InvalidTracing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidTracing(RuntimeException cause) {
        super(
                "OpenTelemetry does not take the variables OTEL_…: " + cause.getMessage()
                        + ". Correct them (OTEL_EXPORTER_OTLP_PROTOCOL can be http/protobuf only), or take them out:"
                        + " then nothing is traced.",
                cause);
    }
}
