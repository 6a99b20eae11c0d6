package dev.bastion.access.snapshot;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A task that runs on a thread of its own and never twice at once. */
public final class SingleFlight {
    private final Executor threads;
    private final AtomicBoolean running = new AtomicBoolean();

    public SingleFlight(Executor threads) {
        this.threads = threads;
    }

    /** @return false when the run before has not finished, and this one was left out */
    public boolean start(Runnable work) {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        try {
            threads.execute(() -> run(work));
        } catch (RejectedExecutionException _) {
            // the service stops
            running.set(false);
        }
        return true;
    }

    private void run(Runnable work) {
        try {
            work.run();
        } finally {
            running.set(false);
        }
    }
}
