package dev.bastion.app.api;

import dev.bastion.access.state.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The status of all environments, read once for all callers within two seconds: what they poll must not load git and AWS. */
final class PacedStatus {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Supplier<StatusReport> status;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<ReadStatus> last = Optional.empty();

    /** The report, and when it was read. */
    record ReadStatus(StatusReport report, Instant at) {}

    PacedStatus(Supplier<StatusReport> status, InstantSource clock) {
        this.status = status;
        this.clock = clock;
    }

    ReadStatus read() {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (last.filter(known -> now.isBefore(known.at().plus(FRESH))).isEmpty()) {
                last = Optional.of(new ReadStatus(status.get(), now));
            }
            return last.get();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next call read again, after a change. */
    void expire() {
        lock.lock();
        try {
            last = Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
