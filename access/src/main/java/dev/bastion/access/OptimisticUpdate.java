package dev.bastion.access;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.proposal.Refusal;
import java.util.Optional;
import java.util.function.BiFunction;

/** Changing what is open: read, decide, write; and again when the ledger moved in between. */
final class OptimisticUpdate {
    private static final int ATTEMPTS = 3;

    private final GrantLedger ledger;
    private final Optional<SubmitForApproval> others;

    /** For what may need others to agree. */
    OptimisticUpdate(GrantLedger ledger, SubmitForApproval others) {
        this.ledger = ledger;
        this.others = Optional.of(others);
    }

    /** For changes that never need approval. */
    OptimisticUpdate(GrantLedger ledger) {
        this.ledger = ledger;
        this.others = Optional.empty();
    }

    /** @param only the one grant that is meant; another that stands in its place is left alone. Empty for whatever is open */
    Outcome of(
            EnvironmentName environment,
            Optional<RequestId> only,
            BiFunction<AccessPolicy, EnvironmentState, Decision> rule) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LedgerSnapshot snapshot = ledger.read();
            Optional<EnvironmentState> state = snapshot.state(environment);
            if (state.isEmpty()) {
                return new Outcome.Refused(snapshot.unknown(environment));
            }
            if (only.isPresent() && !holds(state.get(), only.get())) {
                return new Outcome.Refused(new Refusal.NoLongerOpen(environment));
            }
            switch (rule.apply(snapshot.policy(), state.get())) {
                case Decision.Refuse(var _, Refusal refusal) -> {
                    return new Outcome.Refused(refusal);
                }
                case Decision.Propose decided -> {
                    return others.orElseThrow(
                                    () -> new IllegalStateException("no approval can be requested for " + decided))
                            .propose(decided, snapshot.policy());
                }
                case Decision.Proceed(LedgerChange change) -> {
                    if (ledger.record(change)
                            instanceof RecordResult.Recorded(CommitId commit, Grant grant, boolean _)) {
                        return new Outcome.Done(grant, commit);
                    }
                }
            }
        }
        return new Outcome.Refused(new Refusal.TooBusy(environment));
    }

    /** A file that cannot be read may still hold it; the rule says what is wrong with the file. */
    private static boolean holds(EnvironmentState state, RequestId request) {
        return switch (state) {
            case EnvironmentState.Closed _ -> false;
            case EnvironmentState.Open(Grant grant) -> grant.request().equals(request);
            case EnvironmentState.Unclear _ -> true;
        };
    }
}
