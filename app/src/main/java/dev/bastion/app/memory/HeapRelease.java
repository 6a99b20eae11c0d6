package dev.bastion.app.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the system after a burst. The serial collector shrinks the heap only when it collects all of it, and an idle
 * service never fills it again. A collection of everything stops the process for some tenths of a second at most: it is made only
 * where at most one other was needed since the last look, and more is held than an idle service needs.
 */
public final class HeapRelease {
    /** How often to look. */
    public static final Duration EVERY = Duration.ofSeconds(15);

    /** What an idle service may hold. */
    static final long IDLE_BYTES = 96L << 20;

    /** How long to wait after a collection that gave back less than a quarter: what is held is in use. */
    static final Duration IN_USE_FOR = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(HeapRelease.class);

    private final Heap heap;
    private final InstantSource clock;
    private long collectionsSeen;
    private Instant notBefore = Instant.MIN;

    public HeapRelease(InstantSource clock) {
        this(new JavaHeap(), clock);
    }

    HeapRelease(Heap heap, InstantSource clock) {
        this.heap = heap;
        this.clock = clock;
        this.collectionsSeen = heap.collections();
    }

    /** Collects where that is due. */
    public synchronized void look() {
        long collections = heap.collections();
        boolean isQuiet = collections - collectionsSeen <= 1;
        collectionsSeen = collections;
        long held = heap.committed();
        if (!isQuiet || held <= IDLE_BYTES || clock.instant().isBefore(notBefore)) {
            return;
        }
        heap.collect();
        collectionsSeen = heap.collections();
        long now = heap.committed();
        if (now > held - held / 4) {
            notBefore = clock.instant().plus(IN_USE_FOR);
        }
        LOG.atInfo().addKeyValue("bytes", held - now).addKeyValue("held", now).log("memory.released");
    }
}
