package dev.bastion.access.reconcile;

import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.InstantSource;
import java.util.List;

/** The end of grants whose holder's account is not active any more: people who left, and those who are guests now. */
public final class EndInactiveHolders {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final Notifier notifier;
    private final InstantSource clock;

    public EndInactiveHolders(GrantLedger ledger, ExpiryTimer timer, Notifier notifier, InstantSource clock) {
        this.ledger = ledger;
        this.timer = timer;
        this.notifier = notifier;
        this.clock = clock;
    }

    void check(LedgerSnapshot snapshot, AccountReads accounts, FailureCollector failures) {
        for (var grant : snapshot.openGrants()) {
            failures.attempt(
                    "grant.inactive_holder.failed",
                    WorkContext.about(grant),
                    () -> accounts.confirmed(grant.holder()).ifPresent(why -> end(grant, why, snapshot)));
        }
    }

    private void end(Grant grant, InactiveAccount why, LedgerSnapshot snapshot) {
        var at = Timestamps.wholeSeconds(clock.instant());
        if (ledger.record(new LedgerChange.Close(grant, new End.HolderInactive(why), at))
                instanceof RecordResult.Recorded(var _, var ended, var _)) {
            timer.disarm(grant.environment());
            var approvers = snapshot.policy().approversOf(grant.environment(), List.of(grant.holder()));
            notifier.endedInactiveHolder(ended, why, approvers);
        }
    }
}
