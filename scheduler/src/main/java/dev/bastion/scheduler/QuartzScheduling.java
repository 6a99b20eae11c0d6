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
 * The service's sense of time, on one Quartz scheduler in memory. Nothing here is state: timers are rebuilt from the
 * ledger at every start, and every job calls a use case that is as safe twice as once.
 */
public final class QuartzScheduling implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuartzScheduling.class);
    private static final String THREADS = "4";

    private final Scheduler quartz;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final InstantSource clock;
    private final Duration drain;

    /** @param drain how long {@link #close} waits for what runs */
    public QuartzScheduling(InstantSource clock, Duration drain) {
        this.clock = clock;
        this.drain = drain;
        this.quartz = SchedulerFault.orElse(QuartzScheduling::newScheduler);
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
     * A timer that calls back when a grant ends, and again with back-off (1 to 5 seconds) for as long as the callback
     * throws.
     */
    public ExpiryTimer expiryTimer(Consumer<Grant> ended) {
        return new QuartzExpiryTimer(quartz, clock, work, ended);
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
        return SchedulerFault.orElse(() -> quartz.isStarted() && !quartz.isShutdown());
    }

    /** Stops firing and waits for what runs, but not for ever: what does not end is interrupted, and left. */
    @Override
    public void close() {
        SchedulerFault.run(() -> quartz.shutdown(true));
        work.shutdown();
        try {
            if (!work.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("scheduler.stop.unfinished: interrupted after {} s", drain.toSeconds());
                work.shutdownNow();
            }
        } catch (InterruptedException _) {
            work.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
