package dev.bastion.apply.terraform;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A request to stop (SIGTERM, Ctrl-C) that is passed on to every running program. Terraform then finishes its current
 * operation, writes its state and releases its lock; a second signal would make it exit at once with the lock held. A
 * terminal sends Ctrl-C to all processes, so this class signals only a Terraform that does not acknowledge the first
 * signal.
 */
public final class ShutdownRequest {
    private static final Duration ACKNOWLEDGEMENT_TIMEOUT = Duration.ofSeconds(1);

    private final Set<Process> unsignalled = new HashSet<>();
    private boolean requested;

    /** Stops the running programs and returns within about a second. No further program starts. */
    public synchronized void request() {
        requested = true;
        try {
            long end = System.nanoTime() + ACKNOWLEDGEMENT_TIMEOUT.toNanos();
            for (long left = ACKNOWLEDGEMENT_TIMEOUT.toMillis();
                    !unsignalled.isEmpty() && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        unsignalled.forEach(ShutdownRequest::terminate);
        unsignalled.clear();
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    synchronized void watch(Process process) {
        if (requested) {
            terminate(process);
        } else {
            unsignalled.add(process);
        }
    }

    /** Detects Terraform's acknowledgement of a signal. */
    synchronized void observe(Process process, String line) {
        if (requested && line.contains("Interrupt received")) {
            release(process);
        }
    }

    synchronized void release(Process process) {
        unsignalled.remove(process);
        notifyAll();
    }

    /** Uses the handle: Process.destroy would also close the pipes, and that kills Terraform. */
    private static void terminate(Process process) {
        process.toHandle().destroy();
    }
}
