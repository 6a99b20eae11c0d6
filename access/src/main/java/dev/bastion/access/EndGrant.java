package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import java.time.InstantSource;
import java.util.Optional;

/** Someone is done early, or an approver ends what somebody else holds. */
public final class EndGrant {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public EndGrant(GrantLedger ledger, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Ends what is open there, or says why not.
     *
     * @param only the grant that is meant; if another has taken its place, nothing is done. Empty for whatever is open
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRejected when the remote will not have it
     */
    public Outcome end(Person person, EnvironmentName environment, Optional<RequestId> only) {
        Outcome outcome = new OptimisticUpdate(ledger)
                .of(environment, only, (policy, state) -> policy.decideEnd(person, state, clock.instant()));
        if (outcome instanceof Outcome.Done) {
            timer.disarm(environment);
        }
        return outcome;
    }
}
