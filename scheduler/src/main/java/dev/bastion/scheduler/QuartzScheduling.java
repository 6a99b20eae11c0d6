package dev.bastion.scheduler;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.ExpiryTimer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers and recurring tasks of the service, on one in-memory Quartz scheduler. It holds no state: timers are
 * rebuilt from the ledger at every start, and every use case that it calls is safe to repeat.
 */
public final class QuartzScheduling implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuartzScheduling.class);
    private static final String THREADS = "4";

    private final Scheduler quartz;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final InstantSource clock;
    private final Duration closeTimeout;

    /** @param closeTimeout how long {@link #close} waits for running tasks */
    public QuartzScheduling(InstantSource clock, Duration closeTimeout) {
        this.clock = clock;
        this.closeTimeout = closeTimeout;
        this.quartz = SchedulerFault.call(QuartzScheduling::newScheduler);
    }

    static Scheduler newScheduler() throws SchedulerException {
        Properties properties = new Properties();
        properties.setProperty(
                "org.quartz.scheduler.instanceName",
                "bastion-" + Thread.currentThread().threadId());
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", THREADS);
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.setJobFactory((_, _) -> new TaskJob());
        return scheduler;
    }

    /**
     * A timer that calls back when a grant ends, and again with back-off (1 to 5 seconds) while the callback throws.
     */
    public ExpiryTimer expiryTimer(Consumer<Grant> onEnd) {
        return new QuartzExpiryTimer(quartz, clock, work, onEnd);
    }

    /** Runs the task now and then every {@code interval}; a run that throws is logged and repeated two seconds later. */
    public void every(Duration interval, String name, Runnable task) {
        new RecurringTask(quartz, clock, work, name, interval, task).schedule();
    }

    public void start() {
        SchedulerFault.run(quartz::start);
    }

    /** Whether Quartz still runs. */
    public boolean isRunning() {
        return SchedulerFault.call(() -> quartz.isStarted() && !quartz.isShutdown());
    }

    /** Stops the timers and waits for running tasks until the timeout, then interrupts them. */
    @Override
    public void close() {
        SchedulerFault.run(() -> quartz.shutdown(true));
        work.shutdown();
        try {
            if (!work.awaitTermination(closeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn()
                        .addKeyValue("waited_seconds", closeTimeout.toSeconds())
                        .log("scheduler.stop.unfinished");
                work.shutdownNow();
            }
        } catch (InterruptedException _) {
            work.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
