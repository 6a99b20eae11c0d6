package dev.bastion.access.policy;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Refusal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger at one commit: the environments and the policy.
 *
 * @param endsSetBy the commits that moved the ends of open grants
 */
public record LedgerSnapshot(
        CommitId head,
        SortedMap<EnvironmentName, EnvironmentState> states,
        Map<EnvironmentName, CommitId> endsSetBy,
        AccessPolicy policy) {
    public LedgerSnapshot {
        states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
        endsSetBy = Map.copyOf(endsSetBy);
    }

    public LedgerSnapshot(CommitId head, SortedMap<EnvironmentName, EnvironmentState> states, AccessPolicy policy) {
        this(head, states, Map.of(), policy);
    }

    /** The commit that opened the grant, or moved its end last. */
    public CommitId endSetBy(Grant grant) {
        return endsSetBy.getOrDefault(grant.environment(), grant.openedBy());
    }

    public Optional<EnvironmentState> state(EnvironmentName environment) {
        return Optional.ofNullable(states.get(environment));
    }

    public EnvironmentState stateOrMissing(EnvironmentName environment) {
        return state(environment)
                .orElseGet(() -> new EnvironmentState.Unclear(environment, "its environment file is gone"));
    }

    public Refusal.UnknownEnvironment unknown(EnvironmentName asked) {
        return new Refusal.UnknownEnvironment(asked.value(), environments());
    }

    public List<EnvironmentName> environments() {
        return List.copyOf(states.keySet());
    }

    public List<Grant> openGrants() {
        return states.values().stream()
                .filter(EnvironmentState.Open.class::isInstance)
                .map(state -> ((EnvironmentState.Open) state).grant())
                .toList();
    }

    public List<Grant> grantsPastTheirEnd(Instant now) {
        return openGrants().stream().filter(grant -> grant.hasEnded(now)).toList();
    }
}
