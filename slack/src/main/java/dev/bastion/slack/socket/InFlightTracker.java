package dev.bastion.slack.socket;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A counter of running work, so that a stop can wait for it. */
public final class InFlightTracker {
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private int running;

    public InFlightTracker(Executor executor) {
        this.executor = executor;
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the executor takes nothing more */
    public void start(Runnable work) {
        count(1);
        boolean accepted = false;
        try {
            executor.execute(() -> run(work));
            accepted = true;
        } finally {
            if (!accepted) {
                count(-1);
            }
        }
    }

    /** Waits until nothing runs, up to a limit, and returns whether nothing runs. */
    public boolean drain(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (running > 0 && left > 0) {
                left = done.awaitNanos(left);
            }
            return running == 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } finally {
            count(-1);
        }
    }

    private void count(int change) {
        lock.lock();
        try {
            running += change;
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
