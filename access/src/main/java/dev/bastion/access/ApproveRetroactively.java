package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.InstantSource;
import java.util.Optional;

/** The approval of a break-glass grant, open or over. It changes the record, not the access. */
public final class ApproveRetroactively {
    private final GrantLedger ledger;
    private final InstantSource clock;

    public ApproveRetroactively(GrantLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    public Outcome approveRetroactively(Person person, EnvironmentName environment, RequestId request) {
        return new OptimisticUpdate(ledger)
                .of(environment, Optional.empty(), (snapshot, state) -> decide(person, request, snapshot, state));
    }

    private Decision decide(Person person, RequestId request, LedgerSnapshot snapshot, EnvironmentState state) {
        if (state instanceof EnvironmentState.Unclear unclear) {
            return new Decision.Refuse(
                    CheckName.ENVIRONMENT, new Refusal.Unreadable(unclear.environment(), unclear.problem()));
        }
        return snapshot.openOrBreakGlass(request)
                .map(grant -> snapshot.policy().decideRetroactiveApproval(person, grant, clock.instant()))
                .orElseGet(() ->
                        new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.NoLongerOpen(state.environment())));
    }
}
