package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import java.time.InstantSource;
import java.util.Optional;

/** An approver approves, after the fact, what was opened by breaking glass. It changes nothing but the record. */
public final class ApproveRetroactively {
    private final GrantLedger ledger;
    private final InstantSource clock;

    public ApproveRetroactively(GrantLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Writes down that the person approves, or says why they may not.
     *
     * @param only the grant that is meant
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRejected when the remote will not have it
     */
    public Outcome approveRetroactively(Person person, EnvironmentName environment, RequestId only) {
        return new OptimisticUpdate(ledger)
                .of(
                        environment,
                        Optional.of(only),
                        (policy, state) -> policy.decideRetroactiveApproval(person, state, clock.instant()));
    }
}
