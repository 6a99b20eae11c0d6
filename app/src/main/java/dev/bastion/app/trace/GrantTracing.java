package dev.bastion.app.trace;

import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.telemetry.GrantTrace;
import java.time.InstantSource;
import java.util.Map;

/**
 * The tracing of a service. Where the environment names no exporter it is off: every port is given back as it is, and nothing
 * of OpenTelemetry is loaded.
 */
public final class GrantTracing implements AutoCloseable {
    private final GrantTrace trace;
    private final Runnable closing;
    private final InstantSource clock;
    private final DecisionTimes decisions;

    /**
     * Starts the exporter where the environment names one.
     *
     * @param environment with the variables of OpenTelemetry, like {@code OTEL_EXPORTER_OTLP_ENDPOINT}
     * @throws InvalidTracing when OpenTelemetry does not take them
     */
    public GrantTracing(Map<String, String> environment, InstantSource clock) {
        if (ExporterVariables.nameAnExporter(environment)) {
            OtelTrace exporter = exporter(environment);
            this.trace = exporter;
            this.closing = exporter::close;
        } else {
            this.trace = GrantTrace.NONE;
            this.closing = () -> {};
        }
        this.clock = clock;
        this.decisions = new DecisionTimes(trace, clock);
    }

    private static OtelTrace exporter(Map<String, String> environment) {
        try {
            return new OtelTrace(environment);
        } catch (RuntimeException e) {
            throw new InvalidTracing(e);
        }
    }

    private boolean isOn() {
        return !trace.equals(GrantTrace.NONE);
    }

    /** Where steps go that no port sees. */
    public GrantTrace trace() {
        return trace;
    }

    /** With the commands, decisions and commits that go through the ledger. */
    public GrantLedger of(GrantLedger ledger) {
        return isOn() ? new TracedLedger(ledger, trace, decisions, clock) : ledger;
    }

    /** With the pull requests and the waits for approvers. */
    public ProposalRepository of(ProposalRepository proposals) {
        return isOn() ? new TracedProposals(proposals, trace, decisions, clock) : proposals;
    }

    /** With what was observed of bastions. */
    public ObservationLog of(ObservationLog observations, GrantLedger ledger) {
        return isOn() ? new TracedObservations(observations, ledger, trace) : observations;
    }

    /** With the warnings before the end. */
    public Notifier of(Notifier notifier) {
        return isOn() ? new TracedNotifier(notifier, trace, decisions, clock) : notifier;
    }

    /** With the runs of CI. */
    public ApplyMonitor of(ApplyMonitor applies, GrantLedger ledger) {
        return isOn() ? new TracedApplies(applies, ledger, trace, clock) : applies;
    }

    @Override
    public void close() {
        closing.run();
    }
}
