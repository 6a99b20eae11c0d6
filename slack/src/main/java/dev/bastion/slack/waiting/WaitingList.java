package dev.bastion.slack.waiting;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The waits that this process knows: a copy of what the private messages say. Safe for many threads. */
public final class WaitingList {
    /** How many people can wait for one environment. */
    static final int MOST = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RequestId, Waiting> waits = new HashMap<>();
    /** When those that are over began: a message that was read before its edit must not bring them back. */
    private final Map<RequestId, Instant> over = new HashMap<>();

    private long version;

    /** A wait, with the number of people who wait longer. */
    public record Place(Waiting waiting, int before) {}

    /** The waits for one environment, the longest first. */
    List<Waiting> of(EnvironmentName environment) {
        return sorted(waiting -> waiting.environment().equals(environment));
    }

    List<EnvironmentName> environments() {
        return locked(() ->
                waits.values().stream().map(Waiting::environment).distinct().toList());
    }

    /** The waits of one person. */
    public List<Place> of(Person person) {
        return sorted(waiting -> waiting.person().is(person)).stream()
                .map(this::place)
                .toList();
    }

    Place place(Waiting waiting) {
        long before = of(waiting.environment()).stream()
                .filter(other -> Waiting.ORDER.compare(other, waiting) < 0)
                .count();
        return new Place(waiting, Math.toIntExact(before));
    }

    private List<Waiting> sorted(Predicate<Waiting> wanted) {
        return locked(() ->
                waits.values().stream().filter(wanted).sorted(Waiting.ORDER).toList());
    }

    Optional<Waiting> find(RequestId id) {
        return locked(() -> Optional.ofNullable(waits.get(id)));
    }

    /** Adds a wait or changes a known one; one that is over leaves. */
    void put(Waiting waiting) {
        locked(() -> {
            if (waiting.isOver()) {
                waits.remove(waiting.id());
                over.put(waiting.id(), waiting.since());
                over.values().removeIf(since -> since.isBefore(waiting.since().minus(Waiting.LONGEST)));
            } else {
                waits.put(waiting.id(), waiting);
            }
            return version++;
        });
    }

    /** Adds a wait that a message tells of, unless this process knows better. */
    void found(Waiting waiting) {
        locked(() -> {
            if (!waiting.isOver()
                    && !over.containsKey(waiting.id())
                    && waits.putIfAbsent(waiting.id(), waiting) == null) {
                version++;
            }
            return version;
        });
    }

    /** A number that grows with each change. */
    public long version() {
        return locked(() -> version);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
