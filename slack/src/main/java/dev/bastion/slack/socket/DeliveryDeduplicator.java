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
 * A memory of Slack's deliveries of the last ten minutes. Slack repeats what was not acknowledged in time, at once, after
 * one minute and after five, over any connection. At most {@link #MOST} ids are kept: the ledger makes a repeated request
 * harmless, this only saves the work and the second answer.
 */
public final class DeliveryDeduplicator {
    static final Duration MEMORY = Duration.ofMinutes(10);
    static final int MOST = 20_000;

    private final InstantSource clock;
    private final Map<String, Instant> deliveredAt = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    public DeliveryDeduplicator(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether any of these ids was delivered before; remembers all of them. */
    boolean isDuplicate(List<String> ids) {
        Instant now = clock.instant();
        lock.lock();
        try {
            forgetBefore(now.minus(MEMORY));
            boolean any = ids.stream().anyMatch(deliveredAt::containsKey);
            ids.forEach(id -> deliveredAt.putIfAbsent(id, now));
            return any;
        } finally {
            lock.unlock();
        }
    }

    private void forgetBefore(Instant moment) {
        Iterator<Instant> oldestFirst = deliveredAt.values().iterator();
        while (oldestFirst.hasNext() && (oldestFirst.next().isBefore(moment) || deliveredAt.size() > MOST)) {
            oldestFirst.remove();
        }
    }
}
