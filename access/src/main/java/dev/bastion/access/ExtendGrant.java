package dev.bastion.access;

import java.time.InstantSource;
import java.util.Optional;

/** Someone needs longer: moves the end of an open grant, within the policy's longest total. */
public final class ExtendGrant {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public ExtendGrant(GrantLedger ledger, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Moves the end, or says why not.
     *
     * @param only the grant that is meant; if another has taken its place, nothing is done. Empty for whatever is open
     * @param by how far; empty for the policy's extension step, cut to what the longest total leaves
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRefused when the remote will not have it
     */
    public Outcome extend(
            Person person, EnvironmentName environment, Optional<RequestId> only, Optional<GrantDuration> by) {
        Outcome outcome = Revision.of(
                ledger,
                environment,
                only,
                (policy, standing) -> policy.decideExtension(person, standing, by, clock.instant()));
        if (outcome instanceof Outcome.Done(Grant grant, var _)) {
            timer.arm(grant);
        }
        return outcome;
    }
}
