package dev.bastion.app.trace;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Observations as steps of traces: the wait until a bastion was online, the wait until it was gone, and with it all of the grant. */
final class TracedObservations implements ObservationLog {
    private final ObservationLog log;
    private final GrantLedger ledger;
    private final GrantTrace trace;

    TracedObservations(ObservationLog log, GrantLedger ledger, GrantTrace trace) {
        this.log = log;
        this.ledger = ledger;
        this.trace = trace;
    }

    @Override
    public List<Observation> of(RequestId request) {
        return log.of(request);
    }

    @Override
    public Optional<Instant> oldest() {
        return log.oldest();
    }

    @Override
    public void record(Observation observation) {
        switch (observation) {
            case Observation.Ready ready ->
                trace.record(step(ready, StepKind.READY, ready.at().minus(ready.afterOpening()), ready.at()));
            case Observation.Gone gone -> past(gone).ifPresent(past -> gone(gone, past));
            case Observation.Sessions _,
                    Observation.Approved _,
                    Observation.Denied _,
                    Observation.Lapsed _,
                    Observation.Withdrawn _,
                    Observation.Refused _ -> {}
        }
        log.record(observation);
    }

    private void gone(Observation.Gone gone, PastGrant past) {
        Grant grant = past.grant();
        trace.record(step(gone, StepKind.GONE, past.endedAt(), gone.at()));
        trace.record(step(gone, StepKind.GRANT, grant.createdAt(), later(gone.at(), past.endedAt())));
    }

    private Optional<PastGrant> past(Observation.Gone gone) {
        return ledger.history(gone.subject().environment(), 10).stream()
                .filter(past -> past.grant().request().equals(gone.subject().request()))
                .findFirst();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static TraceStep step(Observation observation, StepKind kind, Instant start, Instant end) {
        return new TraceStep(
                observation.subject().request(), observation.subject().environment(), kind, "", start, end);
    }
}
