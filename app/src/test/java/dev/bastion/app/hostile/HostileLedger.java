package dev.bastion.app.hostile;

import dev.bastion.app.world.HostileWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a writer does to a ledger in which an honest grant is open, and what must follow from it.
 *
 * @param alarms what people must be told of it, each once, like {@code unreadable prod}, sorted
 * @param states the states of the environments beside the honest ones that differ from a ledger without it; {@code "none"}
 *     stands for no environment
 */
public record HostileLedger(
        String name, Consumer<HostileWriter> attack, List<String> alarms, Map<String, String> states) {
    public HostileLedger {
        alarms = alarms.stream().sorted().toList();
        states = new TreeMap<>(states);
    }

    /** One that changes no state and of which nothing is said. */
    public static HostileLedger of(String name, Consumer<HostileWriter> attack) {
        return new HostileLedger(name, attack, List.of(), Map.of());
    }

    public HostileLedger alarming(String... said) {
        return new HostileLedger(name, attack, List.of(said), states);
    }

    /** @param state {@code closed}, {@code open}, {@code unclear} or {@code none} */
    public HostileLedger leaving(String environment, String state) {
        Map<String, String> more = new TreeMap<>(states);
        more.put(environment, state);
        return new HostileLedger(name, attack, alarms, more);
    }

    @Override
    public String toString() {
        return name;
    }
}
