package dev.bastion.layout.slot;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How many slots environments have, by {@code slots} of {@code ledger.yaml}. An environment that it does not name has no slots.
 *
 * @param byEnvironment numbers from 1 to {@link #MOST}, by names in lower case
 */
public record SlotCounts(SortedMap<EnvironmentName, Integer> byEnvironment) {
    public static final SlotCounts NONE = new SlotCounts(new TreeMap<>());
    public static final int MOST = 20;

    public SlotCounts {
        byEnvironment = Collections.unmodifiableSortedMap(new TreeMap<>(byEnvironment));
        for (Map.Entry<EnvironmentName, Integer> entry : byEnvironment.entrySet()) {
            requireCount(entry.getKey(), entry.getValue());
        }
    }

    private static void requireCount(EnvironmentName environment, int count) {
        if (environment.namesSlot() || count < 1 || count > MOST) {
            throw new InvalidValue(
                    "slots", environment + ": " + count, "names of environments, each with a number from 1 to " + MOST);
        }
    }

    /** Whether the environment has slots. */
    public boolean has(EnvironmentName environment) {
        return byEnvironment.containsKey(environment.withoutSlot().folded());
    }

    /** The number of slots of an environment; zero where it has none. */
    public int of(EnvironmentName environment) {
        return byEnvironment.getOrDefault(environment.withoutSlot().folded(), 0);
    }

    /** Every slot of an environment, in the order of their numbers. */
    public List<EnvironmentName> slotsOf(EnvironmentName environment) {
        return IntStream.rangeClosed(1, of(environment))
                .mapToObj(environment::slot)
                .toList();
    }
}
