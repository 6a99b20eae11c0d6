package dev.bastion.access;

import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import java.time.InstantSource;
import java.util.Optional;

/** The end of a grant by its holder or an approver. */
public final class EndGrant {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public EndGrant(GrantLedger ledger, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.timer = timer;
        this.clock = clock;
    }

    /** @param only the grant to end; another in its place stays open. Empty for any */
    public Outcome end(End.EndedBy end, EnvironmentName environment, Optional<RequestId> only) {
        var outcome = new OptimisticUpdate(ledger)
                .of(environment, only, (snapshot, state) -> snapshot.policy().decideEnd(end, state, clock.instant()));
        if (outcome instanceof Outcome.Done) {
            timer.disarm(environment);
        }
        return outcome;
    }
}
