package dev.bastion.access;

import java.util.Optional;
import java.util.function.BiFunction;

/** Changing what is open: read, decide, write; and again when the ledger moved in between. */
final class Revision {
    private static final int ATTEMPTS = 3;

    private Revision() {}

    static Outcome of(
            GrantLedger ledger, EnvironmentName environment, BiFunction<AccessPolicy, Standing, Decision> rule) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LedgerSnapshot snapshot = ledger.read();
            Optional<Standing> standing = snapshot.standing(environment);
            if (standing.isEmpty()) {
                return new Outcome.Refused(new Refusal.UnknownEnvironment(environment, snapshot.environments()));
            }
            switch (rule.apply(snapshot.policy(), standing.get())) {
                case Decision.Refuse(Refusal refusal) -> {
                    return new Outcome.Refused(refusal);
                }
                case Decision.Propose(var request, var _, int approvals) -> {
                    return new Outcome.Refused(new Refusal.NeedsApproval(request.environment(), approvals));
                }
                case Decision.Proceed(LedgerChange change) -> {
                    if (ledger.record(change) instanceof Receipt.Recorded(CommitId commit, Grant grant, boolean _)) {
                        return new Outcome.Done(grant, commit);
                    }
                }
            }
        }
        return new Outcome.Refused(new Refusal.TooBusy(environment));
    }
}
