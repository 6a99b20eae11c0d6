package dev.bastion.access.reconcile;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** A ledger whose policy knows which people's accounts are not active, as they were looked up last. */
public final class AccountAwareLedger implements GrantLedger {
    private final GrantLedger ledger;
    private final Supplier<InactiveAccounts> accounts;

    /** @param accounts makes no call */
    public AccountAwareLedger(GrantLedger ledger, Supplier<InactiveAccounts> accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    @Override
    public LedgerSnapshot read() {
        return ledger.read().with(accounts.get());
    }

    @Override
    public LedgerSnapshot lastSeen() {
        return ledger.lastSeen().with(accounts.get());
    }

    @Override
    public RecordResult record(LedgerChange change) {
        return ledger.record(change);
    }

    @Override
    public List<PastGrant> endedSince(Instant moment) {
        return ledger.endedSince(moment);
    }

    @Override
    public List<PastGrant> history(EnvironmentName environment, int most) {
        return ledger.history(environment, most);
    }

    @Override
    public List<EnvironmentCommit> commits(EnvironmentName environment) {
        return ledger.commits(environment);
    }
}
