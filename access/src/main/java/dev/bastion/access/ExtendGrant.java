package dev.bastion.access;

import dev.bastion.access.grant.ExtensionRequest;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import java.time.InstantSource;

/**
 * Someone needs longer: moves the end of an open grant, within the policy's longest total. Further than its approval covers,
 * others are asked first.
 */
public final class ExtendGrant {
    private final GrantLedger ledger;
    private final SubmitForApproval others;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public ExtendGrant(GrantLedger ledger, SubmitForApproval others, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.others = others;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Moves the end, asks others, or says why not.
     *
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRejected when the remote will not have it
     */
    public Outcome extend(ExtensionRequest request) {
        Outcome outcome = new OptimisticUpdate(ledger, others)
                .of(
                        request.environment(),
                        request.expected(),
                        (policy, state) -> policy.decideExtension(request, state, clock.instant()));
        if (outcome instanceof Outcome.Done(Grant grant, var _)) {
            timer.arm(grant);
        }
        return outcome;
    }
}
