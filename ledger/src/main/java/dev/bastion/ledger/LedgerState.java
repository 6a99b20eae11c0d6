package dev.bastion.ledger;

import dev.bastion.access.AccessPolicy;
import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.LedgerSnapshot;
import dev.bastion.access.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that is known of the ledger at one commit. */
record LedgerState(LedgerSnapshot snapshot, Map<EnvironmentName, Account> accounts) {

    static LedgerState of(CommitId head, Map<EnvironmentName, Account> accounts, AccessPolicy policy) {
        SortedMap<EnvironmentName, Standing> standings = new TreeMap<>();
        accounts.values().stream()
                .filter(account -> !(account.file() instanceof FileState.Unrelated))
                .forEach(account -> standings.put(account.environment(), account.standing()));
        Map<EnvironmentName, CommitId> endsSetBy = new HashMap<>();
        accounts.forEach((environment, account) -> account.chronicle()
                .endSetBy()
                .filter(_ -> standings.get(environment) instanceof Standing.Open)
                .ifPresent(commit -> endsSetBy.put(environment, commit)));
        return new LedgerState(new LedgerSnapshot(head, standings, endsSetBy, policy), Map.copyOf(accounts));
    }

    CommitId head() {
        return snapshot.head();
    }
}
