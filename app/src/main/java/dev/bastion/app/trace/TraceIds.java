package dev.bastion.app.trace;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of traces and spans, derived from what they are about, so that every process and every start continues the same
 * trace without keeping anything (docs/adr/0031-a-trace-for-each-grant.md).
 */
final class TraceIds {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private TraceIds() {}

    /** The first 16 bytes of the SHA-256 of {@code bastion trace REQUEST}, in hexadecimal. */
    static String traceOf(RequestId request) {
        return hex("bastion trace " + request, TRACE_BYTES);
    }

    /** The id of a step's span; the same step has the same id in every process. */
    static String spanOf(TraceStep step) {
        return span(step.request(), step.kind(), step.key());
    }

    /** The id of the span that the others are parts of. */
    static String rootOf(RequestId request) {
        return span(request, StepKind.GRANT, "");
    }

    private static String span(RequestId request, StepKind kind, String key) {
        return hex("bastion span " + request + " " + kind.word() + " " + key, SPAN_BYTES);
    }

    private static String hex(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
