package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.ledger.file.FileState;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that is known of the ledger at one commit. */
public record LedgerState(LedgerSnapshot snapshot, Map<EnvironmentName, EnvironmentRecord> accounts) {

    public static LedgerState of(CommitId head, Map<EnvironmentName, EnvironmentRecord> accounts, AccessPolicy policy) {
        SortedMap<EnvironmentName, EnvironmentState> states = new TreeMap<>();
        accounts.values().stream()
                .filter(account -> !(account.file() instanceof FileState.Unrelated))
                .forEach(account -> states.put(account.environment(), account.state()));
        Map<EnvironmentName, CommitId> endsSetBy = new HashMap<>();
        accounts.forEach((environment, account) -> account.chronicle()
                .endSetBy()
                .filter(_ -> states.get(environment) instanceof EnvironmentState.Open)
                .ifPresent(commit -> endsSetBy.put(environment, commit)));
        return new LedgerState(new LedgerSnapshot(head, states, endsSetBy, policy), Map.copyOf(accounts));
    }

    public CommitId head() {
        return snapshot.head();
    }
}
