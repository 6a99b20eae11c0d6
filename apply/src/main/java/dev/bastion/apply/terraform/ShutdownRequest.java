package dev.bastion.apply.terraform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wish to stop (SIGTERM, ctrl-C), passed on to the program that runs. Terraform then ends what it is in the middle of,
 * writes its state and gives its lock back; a second signal would make it drop everything, lock included. A terminal
 * sends ctrl-C to it as well as to us, so it is only told when it does not say that it knows.
 */
public final class ShutdownRequest {
    private static final Duration TO_SAY_SO = Duration.ofSeconds(1);

    private boolean requested;
    private boolean known;
    private @Nullable Process running;

    /** Stops what runs, gently, and returns at once or within about a second; nothing new is started. */
    public synchronized void request() {
        requested = true;
        try {
            long end = System.nanoTime() + TO_SAY_SO.toNanos();
            for (long left = TO_SAY_SO.toMillis();
                    running != null && !known && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (running != null && !known) {
            known = true;
            terminate(running);
        }
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    synchronized void watch(Process process) {
        running = process;
        known = false;
        if (requested) {
            known = true;
            terminate(process);
        }
    }

    /** Looks for Terraform's word that it was interrupted. */
    synchronized void noticeIn(String line) {
        if (requested && line.contains("Interrupt received")) {
            known = true;
            notifyAll();
        }
    }

    synchronized void release() {
        running = null;
        notifyAll();
    }

    /** By its handle: a process object would also close the pipes, and Terraform dies of those. */
    private static void terminate(Process process) {
        process.toHandle().destroy();
    }
}
