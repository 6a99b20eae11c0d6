package dev.bastion.access;

import java.time.InstantSource;
import java.util.Optional;

/** Someone is done early, or an approver ends what somebody else holds. */
public final class RevokeGrant {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public RevokeGrant(GrantLedger ledger, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Ends what is open there, or says why not.
     *
     * @param only the grant that is meant; if another has taken its place, nothing is done. Empty for whatever is open
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRefused when the remote will not have it
     */
    public Outcome revoke(Person person, EnvironmentName environment, Optional<RequestId> only) {
        Outcome outcome = new Revision(ledger)
                .of(
                        environment,
                        only,
                        (policy, standing) -> policy.decideRevocation(person, standing, clock.instant()));
        if (outcome instanceof Outcome.Done) {
            timer.disarm(environment);
        }
        return outcome;
    }
}
