package dev.bastion.slack.socket;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What Slack delivered in the last ten minutes: it delivers again what was not acknowledged in time, at once, after one
 * minute and after five, over any connection. At most so many names are kept; the ledger is what makes twice the same as
 * once, this only spares the work and the second answer.
 */
public final class DeliveryDeduplicator {
    static final Duration MEMORY = Duration.ofMinutes(10);
    static final int MOST = 20_000;

    private final InstantSource clock;
    private final Map<String, Instant> seen = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    public DeliveryDeduplicator(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether any of these names was here before; from now on all of them were. */
    boolean isDuplicate(List<String> names) {
        Instant now = clock.instant();
        lock.lock();
        try {
            forgetBefore(now.minus(MEMORY));
            boolean any = names.stream().anyMatch(seen::containsKey);
            names.forEach(name -> seen.putIfAbsent(name, now));
            return any;
        } finally {
            lock.unlock();
        }
    }

    private void forgetBefore(Instant moment) {
        Iterator<Instant> oldestFirst = seen.values().iterator();
        while (oldestFirst.hasNext() && (oldestFirst.next().isBefore(moment) || seen.size() > MOST)) {
            oldestFirst.remove();
        }
    }
}
