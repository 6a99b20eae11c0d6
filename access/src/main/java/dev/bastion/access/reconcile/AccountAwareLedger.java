package dev.bastion.access.reconcile;

import dev.bastion.access.forwarding.ForwardingLedger;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.function.Supplier;

/** A ledger whose policy knows which people's accounts are not active, as they were looked up last. */
public final class AccountAwareLedger implements ForwardingLedger {
    private final GrantLedger ledger;
    private final Supplier<InactiveAccounts> accounts;

    /** @param accounts makes no call */
    public AccountAwareLedger(GrantLedger ledger, Supplier<InactiveAccounts> accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    @Override
    public GrantLedger delegate() {
        return ledger;
    }

    @Override
    public LedgerSnapshot read() {
        return ledger.read().with(accounts.get());
    }

    @Override
    public LedgerSnapshot lastSeen() {
        return ledger.lastSeen().with(accounts.get());
    }
}
