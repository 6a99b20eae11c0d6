package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.Optional;
import java.util.function.BiFunction;

/** A change to one environment: read, decide, record; repeated when the ledger moved in between. */
final class OptimisticUpdate {
    private static final int ATTEMPTS = 3;

    private final GrantLedger ledger;
    private final BiFunction<Decision.Propose, AccessPolicy, Outcome> approval;
    private final BiFunction<LedgerChange, AccessPolicy, RecordResult> recorder;

    OptimisticUpdate(
            GrantLedger ledger,
            BiFunction<Decision.Propose, AccessPolicy, Outcome> approval,
            BiFunction<LedgerChange, AccessPolicy, RecordResult> recorder) {
        this.ledger = ledger;
        this.approval = approval;
        this.recorder = recorder;
    }

    /** For changes that never need approval. */
    OptimisticUpdate(GrantLedger ledger) {
        this(
                ledger,
                (decided, _) -> {
                    throw new IllegalStateException("no approval can be requested for " + decided);
                },
                (change, _) -> ledger.record(change));
    }

    /** @param only the grant to change; another in its place stays. Empty for any */
    Outcome of(
            EnvironmentName environment,
            Optional<RequestId> only,
            BiFunction<LedgerSnapshot, EnvironmentState, Decision> rule) {
        int attempts =
                ATTEMPTS * Math.max(1, ledger.lastSeen().slotsOf(environment).size());
        for (int attempt = 0; attempt < attempts; attempt++) {
            var snapshot = ledger.readToRecord();
            var policy = snapshot.policy();
            var state = snapshot.state(environment);
            if (state.isEmpty()) {
                return new Outcome.Refused(snapshot.unknown(environment));
            }
            if (only.isPresent() && !mayHold(state.get(), only.get())) {
                return new Outcome.Refused(new Refusal.NoLongerOpen(environment));
            }
            switch (rule.apply(snapshot, state.get())) {
                case Decision.Refuse(var _, var refusal) -> {
                    return new Outcome.Refused(refusal);
                }
                case Decision.Propose decided -> {
                    return approval.apply(decided, policy);
                }
                case Decision.Proceed(var change) -> {
                    if (recorder.apply(change, policy) instanceof RecordResult.Recorded(var commit, var grant, var _)) {
                        return new Outcome.Done(grant, commit);
                    }
                }
            }
        }
        return new Outcome.Refused(new Refusal.TooBusy(environment));
    }

    /** An unreadable file that may be open may hold the grant; the rule says what is wrong. */
    private static boolean mayHold(EnvironmentState state, RequestId request) {
        return switch (state) {
            case EnvironmentState.Closed _ -> false;
            case EnvironmentState.Open(var grant) -> grant.request().equals(request);
            case EnvironmentState.Unclear unclear ->
                unclear.mayBeOpen() || unclear.grant().isPresent();
        };
    }
}
