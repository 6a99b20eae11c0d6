package dev.bastion.app.thread;

import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executor with one virtual thread per task, in the context of the one that hands it over. Closing it waits for running tasks, then interrupts the rest. */
public final class DrainedThreads implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DrainedThreads.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration drain;

    /** @param drain how long {@link #close} waits for running tasks */
    public DrainedThreads(Duration drain) {
        this.drain = drain;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(WorkContext.carried(task));
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().addKeyValue("waited", drain).log("reconcile.stop.unfinished");
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
