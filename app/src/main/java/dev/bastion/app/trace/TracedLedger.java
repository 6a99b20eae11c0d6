package dev.bastion.app.trace;

import dev.bastion.access.forwarding.ForwardingLedger;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import java.time.Instant;
import java.time.InstantSource;

/** A ledger whose changes are steps of traces. A commit that failed is a failed step; its next attempt is another one. */
final class TracedLedger implements ForwardingLedger {
    private final GrantLedger ledger;
    private final GrantTrace trace;
    private final DecisionTimes decisions;
    private final InstantSource clock;

    TracedLedger(GrantLedger ledger, GrantTrace trace, DecisionTimes decisions, InstantSource clock) {
        this.ledger = ledger;
        this.trace = trace;
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public GrantLedger delegate() {
        return ledger;
    }

    @Override
    public LedgerSnapshot read() {
        LedgerSnapshot snapshot = ledger.read();
        decisions.read();
        return snapshot;
    }

    @Override
    public RecordResult record(LedgerChange change) {
        decisions.decided(change.requestId(), change.environment());
        Instant start = clock.instant();
        try {
            RecordResult result = ledger.record(change);
            if (result instanceof RecordResult.Recorded(CommitId commit, var _, boolean repeated) && !repeated) {
                trace.record(step(change, commit.value(), start).with("commit", commit.value()));
                decisions.done(change.requestId(), change.environment(), action(change));
            }
            return result;
        } catch (RuntimeException e) {
            trace.record(step(change, "failed " + start, start).failed());
            throw e;
        }
    }

    private TraceStep step(LedgerChange change, String key, Instant start) {
        StepKind kind = switch (change) {
            case LedgerChange.Open _, LedgerChange.Start _, LedgerChange.Approve _ -> StepKind.COMMIT;
            case LedgerChange.Extend _, LedgerChange.ConfirmEnd _ -> StepKind.EXTENSION;
            case LedgerChange.Close _ -> StepKind.REVERSION;
        };
        return new TraceStep(change.requestId(), change.environment(), kind, key, start, clock.instant())
                .with("action", action(change));
    }

    /** The word of the entry. */
    private static String action(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open _ -> "open";
            case LedgerChange.Start _ -> "start";
            case LedgerChange.Extend _, LedgerChange.ConfirmEnd _ -> "extend";
            case LedgerChange.Approve _ -> "approve";
            case LedgerChange.Close(var _, End.Expired _, var _) -> "expire";
            case LedgerChange.Close _ -> "end";
        };
    }
}
