package dev.bastion.access;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger at one commit: where every environment stands, and the policy that was in force in that very commit.
 *
 * @param lastChanges the commits that made the open grants what they are
 */
public record LedgerSnapshot(
        CommitId head,
        SortedMap<EnvironmentName, Standing> standings,
        Map<EnvironmentName, CommitId> lastChanges,
        AccessPolicy policy) {
    public LedgerSnapshot {
        standings = Collections.unmodifiableSortedMap(new TreeMap<>(standings));
        lastChanges = Map.copyOf(lastChanges);
    }

    /** Where nothing was changed since it was opened. */
    public LedgerSnapshot(CommitId head, SortedMap<EnvironmentName, Standing> standings, AccessPolicy policy) {
        this(head, standings, Map.of(), policy);
    }

    /** The commit that made an open grant what it is: that opened it, or changed it last. */
    public CommitId lastChangeOf(Grant grant) {
        return lastChanges.getOrDefault(grant.environment(), grant.openedBy());
    }

    public Optional<Standing> standing(EnvironmentName environment) {
        return Optional.ofNullable(standings.get(environment));
    }

    public List<EnvironmentName> environments() {
        return List.copyOf(standings.keySet());
    }

    public List<Grant> openGrants() {
        return standings.values().stream()
                .filter(Standing.Open.class::isInstance)
                .map(standing -> ((Standing.Open) standing).grant())
                .toList();
    }

    public List<Grant> grantsPastTheirEnd(Instant now) {
        return openGrants().stream().filter(grant -> grant.hasEnded(now)).toList();
    }
}
