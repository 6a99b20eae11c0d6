package dev.bastion.apply.terraform;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The shutdown hook of a run. On SIGTERM or Ctrl-C it lets Terraform finish its current operation and the run report
 * before the process exits. SIGKILL skips this.
 */
public final class GracefulShutdown implements AutoCloseable {
    private static final long MAX_WAIT_MINUTES = 10;

    private final ShutdownRequest shutdown = new ShutdownRequest();
    private final CountDownLatch finished = new CountDownLatch(1);

    private GracefulShutdown() {}

    /** Installs the hook until it is closed. */
    public static GracefulShutdown install() {
        GracefulShutdown stop = new GracefulShutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::onShutdown, "graceful-shutdown"));
        return stop;
    }

    public ShutdownRequest shutdown() {
        return shutdown;
    }

    @Override
    public void close() {
        finished.countDown();
    }

    private void onShutdown() {
        if (finished.getCount() == 0) {
            return;
        }
        System.out.println("stopping: waiting for Terraform to finish and release the state lock");
        shutdown.request();
        try {
            if (!finished.await(MAX_WAIT_MINUTES, TimeUnit.MINUTES)) {
                System.out.println("stopping now after 10 minutes; the state may still be locked");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
