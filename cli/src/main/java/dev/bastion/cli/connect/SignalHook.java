package dev.bastion.cli.connect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * What a signal does to this process. Without a client it ends the session. With one, Ctrl-C is the client's, which the
 * terminal sends it to as well: this process goes on until the client has ended.
 */
final class SignalHook implements AutoCloseable {
    private static final int CLEANING_SECONDS = 30;

    private final CompletableFuture<Integer> finished = new CompletableFuture<>();
    private final Thread hook;

    /** @param isClientRunning whether a client runs at the time of the signal */
    SignalHook(Runnable stop, BooleanSupplier isClientRunning) {
        this.hook = new Thread(() -> atSignal(stop, isClientRunning), "signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void atSignal(Runnable stop, BooleanSupplier isClientRunning) {
        if (isClientRunning.getAsBoolean()) {
            Runtime.getRuntime().halt(finished.join());
        }
        stop.run();
        try {
            finished.get(CLEANING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // the process ends all the same
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end, everything being cleaned up. */
    void finished(int code) {
        finished.complete(code);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the process is ending, and the hook is at work
        }
    }
}
