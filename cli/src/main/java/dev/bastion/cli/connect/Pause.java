package dev.bastion.cli.connect;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Waiting that a request to stop ends, such as Ctrl-C. */
final class Pause {
    private final CompletableFuture<Void> stop = new CompletableFuture<>();

    void stop() {
        stop.complete(null);
    }

    boolean isStopped() {
        return stop.isDone();
    }

    /**
     * Waits until one of the events, or this long.
     *
     * @throws CancellationException when it is to stop
     */
    void until(Duration longest, CompletableFuture<?>... events) {
        CompletableFuture<?>[] all =
                Stream.concat(Stream.of(stop), Stream.of(events)).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(all).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // the caller looks for itself what has happened
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        if (isStopped()) {
            throw new CancellationException("stopped");
        }
    }
}
