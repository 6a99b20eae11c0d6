package dev.bastion.slack.home;

import dev.bastion.access.ReportStatus;
import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.access.state.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The status report that every App Home shows, read again when it can have changed. Safe for many threads. */
final class ReportCache {
    /** So old may a report be of which nothing has changed: an outage is seen after this time. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ReportStatus status;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<StatusReport> known = Optional.empty();
    private Optional<StatusReport> report = Optional.empty();
    private Instant readAt = Instant.EPOCH;

    ReportCache(ReportStatus status, InstantSource clock) {
        this.status = status;
        this.clock = clock;
    }

    /**
     * The report, which several people who open App Home at the same time share.
     *
     * @throws LedgerNotRead before the ledger was read for the first time
     */
    StatusReport current() {
        lock.lock();
        try {
            if (hasChanged() || report.isEmpty() || !clock.instant().isBefore(readAt.plus(Viewers.GAP))) {
                return read();
            }
            return report.get();
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #current} is to be shown again. */
    boolean isOutdated() {
        lock.lock();
        try {
            return hasChanged() || !clock.instant().isBefore(readAt.plus(LONGEST));
        } finally {
            lock.unlock();
        }
    }

    /** What the reconcile pass read last costs no call. */
    private boolean hasChanged() {
        return !known.equals(lastKnown());
    }

    private Optional<StatusReport> lastKnown() {
        try {
            return Optional.of(status.lastKnown());
        } catch (LedgerNotRead _) {
            return Optional.empty();
        }
    }

    private StatusReport read() {
        StatusReport now = status.all();
        known = lastKnown();
        report = Optional.of(now);
        readAt = clock.instant();
        return now;
    }
}
