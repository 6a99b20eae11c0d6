package dev.bastion.access.reconcile;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instances that each grant has had, as this process observed them: CI may replace a bastion while its grant is
 * open.
 */
final class GrantInstances {
    /** The most that are remembered of one grant. */
    private static final int MOST = 20;

    private final Map<RequestId, Set<String>> ids = new HashMap<>();

    /** Adds what is observed now, and forgets the grants that are in neither list. */
    void update(List<Grant> open, List<Grant> ended, List<BastionObservation> bastions) {
        var followed =
                Stream.concat(open.stream(), ended.stream()).map(Grant::request).collect(Collectors.toSet());
        ids.keySet().retainAll(followed);
        for (var bastion : bastions) {
            Stream.concat(
                            open.stream().filter(bastion::belongsTo),
                            ended.stream().filter(grant -> bastion.belongsToEnded(grant, open)))
                    .map(grant -> ids.computeIfAbsent(grant.request(), _ -> new HashSet<>()))
                    .filter(known -> known.size() < MOST)
                    .forEach(known -> known.add(bastion.instance()));
        }
    }

    Set<String> of(RequestId request) {
        return Set.copyOf(ids.getOrDefault(request, Set.of()));
    }
}
