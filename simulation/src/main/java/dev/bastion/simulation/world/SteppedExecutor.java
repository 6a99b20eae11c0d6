package dev.bastion.simulation.world;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** An executor that does each task in the caller's thread, at once. */
public final class SteppedExecutor extends AbstractExecutorService {
    private volatile boolean isShutDown;

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void shutdown() {
        isShutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        isShutDown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return isShutDown;
    }

    @Override
    public boolean isTerminated() {
        return isShutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
