package dev.bastion.access.snapshot;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.port.ReconcileLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One part of the snapshot that a reconcile pass works on: its last value, that value's age, and the fault of the last
 * attempt to read it. Reads run on a thread of their own and block no pass: while a read is slow or fails, the last
 * value stays. A failed read is repeated after 2 s, then 4, 8 and so on up to the interval.
 */
public final class SnapshotPart<T> {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    /** A read that takes this many budgets is abandoned; the next one starts. */
    private static final int BUDGETS_UNTIL_ABANDONED = 10;

    /**
     * The schedule of the reads.
     *
     * @param name for people, like {@code instances}
     * @param system which system answers
     * @param every the interval
     * @param budget how long one read may take; a value that is older than interval and budget together is not acted on
     */
    public record Schedule(String name, ExternalSystem system, Duration every, Duration budget) {}

    private final Schedule schedule;
    private final Supplier<T> reader;
    private final Executor threads;
    private final ReconcileLog log;
    private final InstantSource clock;

    private Optional<Reading<T>> last = Optional.empty();
    private Optional<Fault> fault = Optional.empty();
    private Optional<Instant> runningSince = Optional.empty();
    private boolean isReportedSlow;
    private Instant due = Instant.MIN;
    private int run;
    private int failed;

    /** @param reader throws when nothing could be read */
    public SnapshotPart(
            Schedule schedule, Supplier<T> reader, Executor threads, ReconcileLog log, InstantSource clock) {
        this.schedule = schedule;
        this.reader = reader;
        this.threads = threads;
        this.log = log;
        this.clock = clock;
    }

    /** The interval of the reads. */
    public Duration every() {
        return schedule.every();
    }

    /** The last value, however old; empty while nothing was ever read. */
    public synchronized Optional<Reading<T>> last() {
        return last;
    }

    /** The last value, unless it is too old to act on. */
    public synchronized Optional<Reading<T>> fresh() {
        Instant oldest = clock.instant().minus(schedule.every()).minus(schedule.budget());
        return last.filter(reading -> !reading.at().isBefore(oldest));
    }

    /** The fault of the last read, for people. */
    public synchronized Optional<String> fault() {
        return fault.map(what -> schedule.name() + ": " + what.line() + "; last read "
                + last.map(reading ->
                                Duration.between(reading.at(), clock.instant()).toSeconds() + " s ago")
                        .orElse("never"));
    }

    /** What the last read came to, with the time of the last value; empty after a read that worked. */
    public synchronized Optional<Outage> outage() {
        return fault.map(what -> new Outage(what, last.map(Reading::at)));
    }

    /** Makes the next {@link #refreshIfDue} read. */
    public synchronized void makeDue() {
        due = Instant.MIN;
    }

    /** Starts a read when it is time for one and none is running. */
    public void refreshIfDue() {
        Instant now = clock.instant();
        int mine;
        synchronized (this) {
            if (isRunning(now) || now.isBefore(due)) {
                return;
            }
            runningSince = Optional.of(now);
            isReportedSlow = false;
            due = now.plus(schedule.every());
            mine = ++run;
        }
        try {
            threads.execute(() -> read(mine, now));
        } catch (RejectedExecutionException _) {
            // the service stops
        }
    }

    private boolean isRunning(Instant now) {
        if (runningSince.isEmpty()) {
            return false;
        }
        Duration since = Duration.between(runningSince.get(), now);
        if (since.compareTo(schedule.budget()) > 0 && !isReportedSlow) {
            isReportedSlow = true;
            var silent = failure(
                    new TimeoutException("no answer for " + schedule.budget().toSeconds() + " s"));
            fault = Optional.of(silent.fault());
            report(silent);
        }
        return since.compareTo(schedule.budget().multipliedBy(BUDGETS_UNTIL_ABANDONED)) <= 0;
    }

    private void read(int mine, Instant startedAt) {
        try {
            finished(mine, new Reading<>(reader.get(), startedAt));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed(mine, e);
        }
    }

    private synchronized void finished(int mine, Reading<T> reading) {
        if (mine == run) {
            runningSince = Optional.empty();
            last = Optional.of(reading);
            fault = Optional.empty();
            failed = 0;
        }
    }

    private synchronized void failed(int mine, Throwable failure) {
        if (mine == run) {
            runningSince = Optional.empty();
            fault = Optional.of(
                    failure instanceof CallFailed known
                            ? known.fault()
                            : failure(failure).fault());
            Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(failed++, 10));
            Instant retry = clock.instant().plus(pause.compareTo(schedule.every()) < 0 ? pause : schedule.every());
            due = retry;
            report(failure);
        }
    }

    private ObservationFailed failure(Throwable cause) {
        return new ObservationFailed(schedule.system(), "reading " + schedule.name(), cause);
    }

    private void report(Throwable failure) {
        log.failed("snapshot.read.failed", Map.of("part", schedule.name()), failure);
    }
}
