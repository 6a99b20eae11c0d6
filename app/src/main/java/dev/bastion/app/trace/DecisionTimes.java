package dev.bastion.app.trace;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a person's command before anything is written: the policy's decision lasts from the ledger's answer until the
 * request is announced or written, on the thread of the command.
 */
final class DecisionTimes {
    /** When the thread of a command read the ledger last. */
    private static final ThreadLocal<@Nullable Instant> READ_AT = new ThreadLocal<>();

    private final GrantTrace trace;
    private final InstantSource clock;

    DecisionTimes(GrantTrace trace, InstantSource clock) {
        this.trace = trace;
        this.clock = clock;
    }

    /** The ledger has been read, so that what comes next is the decision. */
    void read() {
        if (begun().isPresent()) {
            READ_AT.set(clock.instant());
        }
    }

    /** The command was decided; only the first call after a read counts. */
    void decided(RequestId request, EnvironmentName environment) {
        Instant from = READ_AT.get();
        if (from != null) {
            READ_AT.remove();
            begun().ifPresent(begun -> trace.record(
                    new TraceStep(request, environment, StepKind.POLICY, begun.toString(), from, clock.instant())));
        }
    }

    /** The command is done. */
    void done(RequestId request, EnvironmentName environment, String action) {
        begun().ifPresent(begun -> trace.record(
                new TraceStep(request, environment, StepKind.COMMAND, begun.toString(), begun, clock.instant())
                        .with("action", action)));
    }

    private static Optional<Instant> begun() {
        return WorkContext.current().since();
    }
}
