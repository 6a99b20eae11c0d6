package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import java.time.InstantSource;
import java.util.Optional;

/** The approval of a break-glass grant after it was opened. It changes the record, not the access. */
public final class ApproveRetroactively {
    private final GrantLedger ledger;
    private final InstantSource clock;

    public ApproveRetroactively(GrantLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * @param only the grant to approve
     * @throws LedgerUnreachable when the approval could not be recorded in time
     * @throws LedgerRejected when the remote rejects it
     */
    public Outcome approveRetroactively(Person person, EnvironmentName environment, RequestId only) {
        return new OptimisticUpdate(ledger)
                .of(
                        environment,
                        Optional.of(only),
                        (policy, state) -> policy.decideRetroactiveApproval(person, state, clock.instant()));
    }
}
