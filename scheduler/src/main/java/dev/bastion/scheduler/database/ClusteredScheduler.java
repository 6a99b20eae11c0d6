package dev.bastion.scheduler.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz with its clustered store, in which {@link LeaderJob} is due every second and runs on one replica at a time. The others
 * look once a second whether it is free.
 */
final class ClusteredScheduler {
    static final String NAME = "bastion";

    private static final Duration GIVES_BACK = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final JobKey JOB = new JobKey("leader", "replicas");
    private static final TriggerKey TRIGGER = new TriggerKey("leader", "replicas");

    private final Scheduler quartz;
    private final DataSource pool;
    private final InstantSource clock;

    private ClusteredScheduler(Scheduler quartz, DataSource pool, InstantSource clock) {
        this.quartz = quartz;
        this.pool = pool;
        this.clock = clock;
    }

    /** @param replica the name of this replica, unique among all */
    static ClusteredScheduler start(DataSource pool, String replica, Leadership leadership, InstantSource clock)
            throws SchedulerException {
        DBConnectionManager.getInstance().addConnectionProvider(replica, provider(pool));
        Scheduler quartz = new StdSchedulerFactory(properties(replica)).getScheduler();
        // the repository has one of each name, and only the factory asks it
        SchedulerRepository.getInstance().remove(NAME);
        quartz.setJobFactory((_, _) -> new LeaderJob(leadership));
        ClusteredScheduler scheduler = new ClusteredScheduler(quartz, pool, clock);
        try {
            scheduler.keepJob();
            quartz.start();
            return scheduler;
        } catch (SchedulerException | RuntimeException e) {
            quartz.shutdown(false);
            throw e;
        }
    }

    private static Properties properties(String replica) {
        Properties properties = new Properties();
        String scheduler = "org.quartz.scheduler.";
        properties.setProperty(scheduler + "instanceName", NAME);
        properties.setProperty(scheduler + "instanceId", replica);
        properties.setProperty(scheduler + "skipUpdateCheck", "true");
        properties.setProperty(scheduler + "makeSchedulerThreadDaemon", "true");
        properties.setProperty(scheduler + "idleWaitTime", "1000");
        properties.setProperty(scheduler + "dbFailureRetryInterval", "1000");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        String store = "org.quartz.jobStore.";
        properties.setProperty(store + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(store + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty(store + "dataSource", replica);
        properties.setProperty(store + "isClustered", "true");
        properties.setProperty(store + "clusterCheckinInterval", "1000");
        properties.setProperty(store + "dbRetryInterval", "1000");
        properties.setProperty(store + "acquireTriggersWithinLock", "true");
        properties.setProperty(store + "useProperties", "true");
        properties.setProperty(store + "makeThreadsDaemons", "true");
        return properties;
    }

    /** Puts the job into the store where it is not there; another replica may be faster. */
    void keepJob() throws SchedulerException {
        if (quartz.checkExists(TRIGGER)) {
            return;
        }
        quartz.addJob(
                JobBuilder.newJob(LeaderJob.class)
                        .withIdentity(JOB)
                        .storeDurably()
                        .build(),
                true);
        Trigger everySecond = TriggerBuilder.newTrigger()
                .withIdentity(TRIGGER)
                .forJob(JOB)
                .startAt(Date.from(clock.instant()))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInSeconds(1)
                        .repeatForever()
                        // else a trigger whose job ran for hours would count as missed, and wait for a minute
                        .withMisfireHandlingInstructionIgnoreMisfires())
                .build();
        if (!quartz.checkExists(TRIGGER)) {
            quartz.scheduleJob(everySecond);
        }
    }

    /**
     * Takes no job any more, and waits until the ending one is given back to the store, for {@link #GIVES_BACK} at most. Quartz
     * itself would wait without end for a database that is away.
     *
     * @param ending the id of the job that ends
     */
    void close(Optional<String> ending) throws SchedulerException {
        quartz.standby();
        Instant latest = clock.instant().plus(GIVES_BACK);
        while (ending.isPresent() && clock.instant().isBefore(latest) && isStored(ending.get())) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        quartz.shutdown(false);
    }

    private boolean isStored(String entry) {
        try (Connection connection = pool.getConnection()) {
            return Leadership.isStored(connection, entry);
        } catch (SQLException _) {
            return false;
        }
    }

    private static ConnectionProvider provider(DataSource pool) {
        return new ConnectionProvider() {
            @Override
            public Connection getConnection() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void shutdown() {
                // the pool is closed by its owner
            }

            @Override
            public void initialize() {
                // the pool connects by itself
            }
        };
    }
}
