package dev.bastion.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/** The work that is due at some time, in the order of time and then of its arrival. */
public final class Agenda {
    private record Entry(Instant at, long number, Runnable work) {}

    private final Queue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
    private final SimulatedClock clock;
    private long added;

    Agenda(SimulatedClock clock) {
        this.clock = clock;
    }

    /** Does the work once the time has come; at once means after what is being done now. */
    public void after(Duration delay, Runnable work) {
        entries.add(new Entry(clock.instant().plus(delay), added++, work));
    }

    /** Takes the next work that is due by then, and moves the clock to its time; empty when there is none. */
    Optional<Runnable> takeUntil(Instant end) {
        Entry next = entries.peek();
        if (next == null || next.at().isAfter(end)) {
            return Optional.empty();
        }
        entries.remove();
        if (next.at().isAfter(clock.instant())) {
            clock.moveTo(next.at());
        }
        return Optional.of(next.work());
    }
}
