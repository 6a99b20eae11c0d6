package dev.bastion.scheduler.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that several replicas share: it says which of them does the recurring work, and who posts a message. It holds no
 * truth. While it does not answer nobody leads, and after {@link #ALONE_AFTER} every replica does the recurring work itself.
 */
public final class SharedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedDatabase.class);

    /** How long the database may be away before a replica does all work itself. */
    public static final Duration ALONE_AFTER = Duration.ofSeconds(20);

    private static final Duration CLEAN_EVERY = Duration.ofHours(1);

    private final DatabaseSettings settings;
    private final String replica;
    private final InstantSource clock;
    private final HikariDataSource pool;
    private final MessageClaimTable claims;
    private final Leadership leadership;
    private final NewsBoard news = new NewsBoard();
    private Optional<ClusteredScheduler> scheduler = Optional.empty();
    private boolean isMigrated;
    private boolean isClosed;
    private Instant cleanedAt = Instant.MIN;
    private volatile Optional<Instant> downSince;
    private volatile String problem = "it was not asked yet";

    /** @param replica the name of this replica, unique among all of its database */
    public SharedDatabase(DatabaseSettings settings, String replica, InstantSource clock) {
        this.settings = settings;
        this.replica = replica;
        this.clock = clock;
        this.pool = ConnectionPool.of(settings);
        this.claims = new MessageClaimTable(pool, replica);
        this.leadership = new Leadership(pool, clock);
        this.downSince = Optional.of(clock.instant());
    }

    /** Asks the database; to be called every second. It takes some seconds where nothing answers, and throws nothing. */
    public synchronized void look() {
        if (isClosed) {
            return;
        }
        try {
            migrate();
            join();
            try (Connection connection = pool.getConnection()) {
                leadership.confirm(connection);
                news.exchange(connection);
                clean(connection);
            }
            answered();
        } catch (SQLException | FlywayException | SchedulerException | IllegalStateException e) {
            failed(e);
        }
    }

    /** Makes the tables. A database that was made again, empty, has them again. */
    private void migrate() throws SQLException {
        if (isMigrated) {
            return;
        }
        try (Connection connection = pool.getConnection()) {
            connection.isValid(1);
        }
        SharedTables.make(pool);
        isMigrated = true;
    }

    private void join() throws SchedulerException {
        if (scheduler.isEmpty()) {
            scheduler = Optional.of(ClusteredScheduler.start(pool, replica, leadership, clock));
        } else {
            scheduler.get().keepJob();
        }
    }

    private void clean(Connection connection) throws SQLException {
        Instant now = clock.instant();
        if (leadership.holds() && !now.isBefore(cleanedAt.plus(CLEAN_EVERY))) {
            cleanedAt = now;
            claims.deleteOld();
            NewsBoard.deleteOld(connection);
        }
    }

    private void answered() {
        if (downSince.isPresent()) {
            LOG.atInfo().addKeyValue("database", settings.address()).log("database.reached");
        }
        downSince = Optional.empty();
        problem = "";
    }

    private void failed(Exception failure) {
        isMigrated = false;
        String line = OneLineProblem.of(failure);
        if (!line.equals(problem)) {
            LOG.atError()
                    .addKeyValue("database", settings.address())
                    .addKeyValue("reason", line)
                    .log("database.unreachable");
        }
        problem = line;
        if (downSince.isEmpty()) {
            downSince = Optional.of(clock.instant());
        }
    }

    /** Whether this replica does the recurring work. */
    public boolean leads() {
        return leadership.holds() || isAlone();
    }

    /** Whether the database is away for so long that this replica does all work itself. */
    public boolean isAlone() {
        Instant now = clock.instant();
        return !leadership.isResigned()
                && downSince
                        .filter(since -> !now.isBefore(since.plus(ALONE_AFTER)))
                        .isPresent();
    }

    public DatabaseState state() {
        return new DatabaseState(downSince, problem, leads());
    }

    /**
     * Tells the other replicas something whenever it changes.
     *
     * @param content of at most 200 characters
     */
    public void tell(String topic, Supplier<String> content) {
        news.tell(topic, content);
    }

    /** Hears within a second what another replica tells about the topics that begin so. */
    public void listen(String topics, Consumer<String> listener) {
        news.listen(topics, listener);
    }

    public MessageClaimTable claims() {
        return claims;
    }

    /** Leads no more, so that another replica does within a second. To be called before the parts that work are stopped. */
    public void resign() {
        leave(leadership.resign());
    }

    private synchronized void leave(Optional<String> job) {
        isClosed = true;
        try {
            if (scheduler.isPresent()) {
                scheduler.get().close(job);
            }
        } catch (SchedulerException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("database.stop.failed");
        }
        scheduler = Optional.empty();
    }

    /** Gives back what this replica claimed, and disconnects. */
    @Override
    public void close() {
        resign();
        claims.releaseAll();
        pool.close();
    }
}
