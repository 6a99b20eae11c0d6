package dev.bastion.access.policy;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    /** How far the clock of a person who commits may be ahead. */
    private static final Duration MOST_AHEAD = Duration.ofHours(1);

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

    /** The grants in force, those of files that cannot be read included. */
    public List<Grant> openGrants() {
        return states.values().stream()
                .flatMap(state -> switch (state) {
                    case EnvironmentState.Open(var grant) -> Stream.of(grant);
                    case EnvironmentState.Unclear unclear -> unclear.grant().stream();
                    case EnvironmentState.Closed _ -> Stream.empty();
                })
                .toList();
    }

    /** The environments that may be open although their file cannot be read. */
    public List<EnvironmentState.Unclear> unreadable() {
        return states.values().stream()
                .filter(EnvironmentState.Unclear.class::isInstance)
                .map(EnvironmentState.Unclear.class::cast)
                .filter(unclear -> unclear.edit().isPresent())
                .toList();
    }

    /**
     * The grants to end. Of a file that cannot be read the end follows from a commit's time: a time well ahead is false, and
     * must not postpone the end.
     */
    public List<Grant> grantsPastTheirEnd(Instant now) {
        var falseStart = now.plus(MOST_AHEAD);
        return openGrants().stream()
                .filter(grant -> grant.hasEnded(now)
                        || (isUnreadable(grant) && grant.createdAt().isAfter(falseStart)))
                .toList();
    }

    private boolean isUnreadable(Grant grant) {
        return states.get(grant.environment()) instanceof EnvironmentState.Unclear;
    }
}
