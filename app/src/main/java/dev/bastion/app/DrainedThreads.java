package dev.bastion.app;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Virtual threads, one for each task; closing them lets what has begun finish, and interrupts what takes too long. */
final class DrainedThreads implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DrainedThreads.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration drain;

    /** @param drain how long {@link #close} waits */
    DrainedThreads(Duration drain) {
        this.drain = drain;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("reconcile.stop.unfinished: interrupted after {} s", drain.toSeconds());
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
