package dev.bastion.access.snapshot;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task that runs on a thread of its own and never twice at once. */
public final class SingleFlight {
    private final Executor threads;
    /** When the run that has not ended began; null while none runs. */
    private final AtomicReference<@Nullable Instant> running = new AtomicReference<>();

    public SingleFlight(Executor threads) {
        this.threads = threads;
    }

    /** When the run that has not ended began; empty while none runs. */
    public Optional<Instant> runningSince() {
        return Optional.ofNullable(running.get());
    }

    /** @return false when the run before has not finished, and this one was left out */
    public boolean start(Instant now, Runnable work) {
        if (!running.compareAndSet(null, now)) {
            return false;
        }
        try {
            threads.execute(() -> run(work));
        } catch (RejectedExecutionException _) {
            // the service stops
            running.set(null);
        }
        return true;
    }

    private void run(Runnable work) {
        try {
            work.run();
        } finally {
            running.set(null);
        }
    }
}
