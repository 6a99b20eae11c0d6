package dev.bastion.scheduler.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica leads: whether Quartz's clustered store gave it the job {@link LeaderJob}, and still says so. A replica
 * that cannot ask stops leading before Quartz gives the job to another one.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /**
     * How long an answer of the database is good. Quartz takes the job from a replica that has not checked in for 7.5 seconds
     * and its interval (JobStoreSupport.calcFailedIfAfter).
     */
    static final Duration LEASE = Duration.ofSeconds(6);

    /** @param entry the id of the running job's row among Quartz's fired triggers */
    private record Term(String entry, Instant confirmedAt, CountDownLatch over) {
        Term confirmed(Instant now) {
            return new Term(entry, now, over);
        }
    }

    private final InstantSource clock;
    private Optional<Term> term = Optional.empty();
    private boolean isClosed;

    Leadership(InstantSource clock) {
        this.clock = clock;
    }

    /** Leads until the store has given the job away, or {@link #resign} was called. */
    void lead(String entry) {
        Term begun = new Term(entry, clock.instant(), new CountDownLatch(1));
        synchronized (this) {
            if (isClosed) {
                return;
            }
            term.ifPresent(before -> before.over().countDown());
            term = Optional.of(begun);
        }
        LOG.atInfo().log("replica.leads");
        try {
            begun.over().await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            end(begun);
        }
    }

    private synchronized void end(Term ended) {
        term = term.filter(current -> !current.entry().equals(ended.entry()));
        LOG.atInfo().log("replica.follows");
    }

    synchronized boolean holds() {
        Instant now = clock.instant();
        return term.filter(current -> now.isBefore(current.confirmedAt().plus(LEASE)))
                .isPresent();
    }

    /** Asks the store whether this replica still has the job. */
    void confirm(Connection connection) throws SQLException {
        Instant asked = clock.instant();
        Optional<String> entry = entry();
        if (entry.isPresent()) {
            confirmed(entry.get(), isStored(connection, entry.get()), asked);
        }
    }

    private synchronized Optional<String> entry() {
        return term.map(Term::entry);
    }

    private synchronized void confirmed(String entry, boolean isStored, Instant asked) {
        Optional<Term> current = term.filter(each -> each.entry().equals(entry));
        if (isStored) {
            term = current.map(each -> each.confirmed(asked)).or(() -> term);
        } else {
            current.ifPresent(each -> each.over().countDown());
        }
    }

    /** Whether the store still has the running job of that id. */
    static boolean isStored(Connection connection, String entry) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT 1 FROM QRTZ_FIRED_TRIGGERS WHERE SCHED_NAME = ? AND ENTRY_ID = ?")) {
            query.setString(1, ClusteredScheduler.NAME);
            query.setString(2, entry);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    synchronized boolean isResigned() {
        return isClosed;
    }

    /**
     * Stops leading, for good.
     *
     * @return the id of the job that ends by it
     */
    synchronized Optional<String> resign() {
        isClosed = true;
        Optional<String> entry = term.map(Term::entry);
        term.ifPresent(current -> current.over().countDown());
        term = Optional.empty();
        return entry;
    }
}
