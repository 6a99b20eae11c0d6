package dev.bastion.access.forwarding;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Instant;
import java.util.List;

/** A ledger that forwards every call to another one. */
public interface ForwardingLedger extends GrantLedger {
    /** The one that a call goes to, unless the implementation overrides its method. */
    GrantLedger delegate();

    @Override
    default LedgerSnapshot read() {
        return delegate().read();
    }

    @Override
    default LedgerSnapshot lastSeen() {
        return delegate().lastSeen();
    }

    @Override
    default RecordResult record(LedgerChange change) {
        return delegate().record(change);
    }

    @Override
    default List<PastGrant> endedSince(Instant moment) {
        return delegate().endedSince(moment);
    }

    @Override
    default List<PastGrant> history(EnvironmentName environment, int most) {
        return delegate().history(environment, most);
    }

    @Override
    default List<EnvironmentCommit> commits(EnvironmentName environment) {
        return delegate().commits(environment);
    }
}
