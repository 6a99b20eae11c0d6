package dev.bastion.access;

import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.proposal.ExtensionRequest;
import java.time.InstantSource;
import java.util.Optional;

/** The extension of an open grant, within the policy's longest total; it may need approval. */
public final class ExtendGrant {
    private final GrantLedger ledger;
    private final SubmitForApproval approval;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public ExtendGrant(GrantLedger ledger, SubmitForApproval approval, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.approval = approval;
        this.timer = timer;
        this.clock = clock;
    }

    public Outcome extend(ExtensionRequest request) {
        var outcome = new OptimisticUpdate(
                        ledger,
                        (decided, policy) -> approval.propose(decided, policy, _ -> Optional.empty()),
                        (change, _) -> ledger.record(change))
                .of(
                        request.environment(),
                        request.expected(),
                        (snapshot, state) -> snapshot.policy()
                                .decideExtension(request, state, approval.usage(snapshot), clock.instant()));
        if (outcome instanceof Outcome.Done(var grant, var _)) {
            timer.arm(grant);
        }
        return outcome;
    }
}
