package dev.bastion.apply.terraform;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On SIGTERM or ctrl-C: lets Terraform end what it is in the middle of, and the run report, before this process ends.
 * Whoever cannot wait sends SIGKILL.
 */
public final class GracefulShutdown implements AutoCloseable {
    private static final long LONGEST_MINUTES = 10;

    private final ShutdownRequest interruption = new ShutdownRequest();
    private final CountDownLatch finished = new CountDownLatch(1);

    private GracefulShutdown() {}

    /** From now on, until it is closed. */
    public static GracefulShutdown installed() {
        GracefulShutdown stop = new GracefulShutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::onShutdown, "gentle-stop"));
        return stop;
    }

    public ShutdownRequest interruption() {
        return interruption;
    }

    @Override
    public void close() {
        finished.countDown();
    }

    private void onShutdown() {
        if (finished.getCount() == 0) {
            return;
        }
        System.out.println("stopping: waiting for what runs to end and to give its lock back");
        interruption.request();
        try {
            if (!finished.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                System.out.println("stopping without waiting any longer; the lock on the state may still be held");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
