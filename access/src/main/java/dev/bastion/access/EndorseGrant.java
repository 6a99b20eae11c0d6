package dev.bastion.access;

import java.time.InstantSource;
import java.util.Optional;

/** An approver approves, after the fact, what was opened by breaking glass. It changes nothing but the record. */
public final class EndorseGrant {
    private final GrantLedger ledger;
    private final InstantSource clock;

    public EndorseGrant(GrantLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Writes down that the person approves, or says why they may not.
     *
     * @param only the grant that is meant
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRefused when the remote will not have it
     */
    public Outcome endorse(Person person, EnvironmentName environment, RequestId only) {
        return new Revision(ledger)
                .of(
                        environment,
                        Optional.of(only),
                        (policy, standing) -> policy.decideEndorsement(person, standing, clock.instant()));
    }
}
