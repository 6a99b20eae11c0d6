package dev.bastion.access;

import java.time.InstantSource;

/**
 * Someone needs longer: moves the end of an open grant, within the policy's longest total. Further than its approval covers,
 * others are asked first.
 */
public final class ExtendGrant {
    private final GrantLedger ledger;
    private final ProposeChange others;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public ExtendGrant(GrantLedger ledger, ProposeChange others, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.others = others;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Moves the end, asks others, or says why not.
     *
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRefused when the remote will not have it
     */
    public Outcome extend(ExtensionRequest request) {
        Outcome outcome = new Revision(ledger, others)
                .of(
                        request.environment(),
                        request.expected(),
                        (policy, standing) -> policy.decideExtension(request, standing, clock.instant()));
        if (outcome instanceof Outcome.Done(Grant grant, var _)) {
            timer.arm(grant);
        }
        return outcome;
    }
}
