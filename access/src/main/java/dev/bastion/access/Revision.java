package dev.bastion.access;

import java.util.Optional;
import java.util.function.BiFunction;

/** Changing what is open: read, decide, write; and again when the ledger moved in between. */
final class Revision {
    private static final int ATTEMPTS = 3;

    private final GrantLedger ledger;
    private final Optional<ProposeChange> others;

    /** For what may need others to agree. */
    Revision(GrantLedger ledger, ProposeChange others) {
        this.ledger = ledger;
        this.others = Optional.of(others);
    }

    /** For what nobody else is ever asked about. */
    Revision(GrantLedger ledger) {
        this.ledger = ledger;
        this.others = Optional.empty();
    }

    /** @param only the one grant that is meant; another that stands in its place is left alone. Empty for whatever is open */
    Outcome of(
            EnvironmentName environment, Optional<RequestId> only, BiFunction<AccessPolicy, Standing, Decision> rule) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LedgerSnapshot snapshot = ledger.read();
            Optional<Standing> standing = snapshot.standing(environment);
            if (standing.isEmpty()) {
                return new Outcome.Refused(new Refusal.UnknownEnvironment(environment, snapshot.environments()));
            }
            if (only.isPresent() && !holds(standing.get(), only.get())) {
                return new Outcome.Refused(new Refusal.NoLongerOpen(environment));
            }
            switch (rule.apply(snapshot.policy(), standing.get())) {
                case Decision.Refuse(Refusal refusal) -> {
                    return new Outcome.Refused(refusal);
                }
                case Decision.Propose decided -> {
                    return others.orElseThrow(() -> new IllegalStateException("nobody is asked about " + decided))
                            .propose(decided, snapshot.policy());
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

    /** A file that cannot be read may still hold it; the rule says what is wrong with the file. */
    private static boolean holds(Standing standing, RequestId request) {
        return switch (standing) {
            case Standing.Closed _ -> false;
            case Standing.Open(Grant grant) -> grant.request().equals(request);
            case Standing.Unclear _ -> true;
        };
    }
}
