package dev.bastion.scheduler.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica leads. Quartz's clustered store gives the job {@link LeaderJob} to one replica; but when a replica that
 * was cut off ends its job, the store frees it for a second one, although another replica has it meanwhile. So a replica that
 * has the job is a candidate, and of all candidates in the store the one with the oldest job leads. A replica that cannot ask
 * stops leading before Quartz gives the job to another one.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /**
     * How long an answer of the database is good. Quartz takes the job from a replica that has not checked in for 7.5 seconds
     * and its interval (JobStoreSupport.calcFailedIfAfter).
     */
    static final Duration LEASE = Duration.ofSeconds(6);

    private static final String CANDIDATES = """
        SELECT ENTRY_ID FROM QRTZ_FIRED_TRIGGERS
        WHERE SCHED_NAME = ? AND JOB_NAME = ? AND STATE = 'EXECUTING'
        ORDER BY FIRED_TIME, ENTRY_ID
        """;

    /**
     * This replica's job.
     *
     * @param entry the id of its row among Quartz's fired triggers
     * @param ledAt when the store said last that it leads; empty while another candidate does
     */
    private record Term(String entry, Optional<Instant> ledAt, CountDownLatch over) {}

    private final DataSource pool;
    private final InstantSource clock;
    private Optional<Term> term = Optional.empty();
    private boolean isClosed;

    Leadership(DataSource pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Is a candidate until the store has given the job away, or {@link #resign} was called. */
    void lead(String entry) {
        Term begun = new Term(entry, Optional.empty(), new CountDownLatch(1));
        synchronized (this) {
            if (isClosed) {
                return;
            }
            term.ifPresent(before -> before.over().countDown());
            term = Optional.of(begun);
        }
        try (Connection connection = pool.getConnection()) {
            confirm(connection);
        } catch (SQLException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("replica.unconfirmed");
        }
        try {
            begun.over().await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            end(entry);
        }
    }

    private synchronized void end(String entry) {
        if (term.filter(current -> current.entry().equals(entry)).isPresent()) {
            replace(Optional.empty());
        }
    }

    private void replace(Optional<Term> now) {
        boolean led = term.flatMap(Term::ledAt).isPresent();
        boolean leads = now.flatMap(Term::ledAt).isPresent();
        if (led != leads) {
            LOG.atInfo().log(leads ? "replica.leads" : "replica.follows");
        }
        term = now;
    }

    synchronized boolean holds() {
        Instant now = clock.instant();
        return term.flatMap(Term::ledAt)
                .filter(at -> now.isBefore(at.plus(LEASE)))
                .isPresent();
    }

    /** Asks the store whether this replica still has the job, and the oldest one. */
    void confirm(Connection connection) throws SQLException {
        Instant asked = clock.instant();
        Optional<String> entry = entry();
        if (entry.isPresent()) {
            confirmed(entry.get(), candidates(connection), asked);
        }
    }

    private synchronized Optional<String> entry() {
        return term.map(Term::entry);
    }

    private synchronized void confirmed(String entry, List<String> candidates, Instant asked) {
        Optional<Term> current = term.filter(each -> each.entry().equals(entry));
        if (current.isEmpty()) {
            return;
        }
        if (!candidates.contains(entry)) {
            current.get().over().countDown();
        } else {
            Optional<Instant> ledAt = candidates.getFirst().equals(entry) ? Optional.of(asked) : Optional.empty();
            replace(Optional.of(new Term(entry, ledAt, current.get().over())));
        }
    }

    /** The ids of the running jobs, the oldest first. */
    static List<String> candidates(Connection connection) throws SQLException {
        List<String> entries = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(CANDIDATES)) {
            query.setString(1, ClusteredScheduler.NAME);
            query.setString(2, ClusteredScheduler.JOB.getName());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    entries.add(rows.getString(1));
                }
            }
        }
        return entries;
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
        Optional<Term> last = term;
        last.ifPresent(current -> current.over().countDown());
        replace(Optional.empty());
        return last.map(Term::entry);
    }
}
