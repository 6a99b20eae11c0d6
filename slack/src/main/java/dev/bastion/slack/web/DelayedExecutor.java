package dev.bastion.slack.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** An executor of work after a while. */
@FunctionalInterface
public interface DelayedExecutor {
    void execute(Duration delay, Runnable work);

    /** By the machine's time, on the threads of another executor. */
    static DelayedExecutor on(Executor threads) {
        return (delay, work) -> CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, threads)
                .execute(work);
    }
}
