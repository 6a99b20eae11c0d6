package dev.bastion.apply.terraform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop (SIGTERM, Ctrl-C) that is passed on to the running program. Terraform then finishes its current
 * operation, writes its state and releases its lock; a second signal would make it exit at once with the lock held. A
 * terminal sends Ctrl-C to both processes, so this class signals Terraform only if it does not acknowledge the first
 * signal.
 */
public final class ShutdownRequest {
    private static final Duration ACKNOWLEDGEMENT_TIMEOUT = Duration.ofSeconds(1);

    private boolean requested;
    private boolean acknowledged;
    private @Nullable Process running;

    /** Stops the running program and returns within about a second. No further program starts. */
    public synchronized void request() {
        requested = true;
        try {
            long end = System.nanoTime() + ACKNOWLEDGEMENT_TIMEOUT.toNanos();
            for (long left = ACKNOWLEDGEMENT_TIMEOUT.toMillis();
                    running != null && !acknowledged && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (running != null && !acknowledged) {
            acknowledged = true;
            terminate(running);
        }
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    synchronized void watch(Process process) {
        running = process;
        acknowledged = false;
        if (requested) {
            acknowledged = true;
            terminate(process);
        }
    }

    /** Detects Terraform's acknowledgement of a signal. */
    synchronized void observe(String line) {
        if (requested && line.contains("Interrupt received")) {
            acknowledged = true;
            notifyAll();
        }
    }

    synchronized void release() {
        running = null;
        notifyAll();
    }

    /** Uses the handle: Process.destroy would also close the pipes, and that kills Terraform. */
    private static void terminate(Process process) {
        process.toHandle().destroy();
    }
}
