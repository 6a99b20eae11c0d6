package dev.bastion.ledger.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * A single writer for many callers: the changes that arrive while one batch is written form the next batch. Each caller
 * gets its own result.
 *
 * @param <C> the change to write
 * @param <R> its result
 */
public final class GroupCommit<C, R> implements AutoCloseable {
    /** A change that waits to be written; the writer completes its result. */
    public record Pending<C, R>(C change, CompletableFuture<R> result) {}

    private final BlockingQueue<Optional<Pending<C, R>>> queue = new LinkedBlockingQueue<>();
    private final Consumer<List<Pending<C, R>>> writer;
    private final int maxBatchSize;
    private final Thread thread;
    private boolean closed;

    /**
     * @param maxBatchSize the largest batch
     * @param writer must complete every result, or throw, which fails the ones it has not completed
     */
    public GroupCommit(String name, int maxBatchSize, Consumer<List<Pending<C, R>>> writer) {
        this.writer = writer;
        this.maxBatchSize = maxBatchSize;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::writeAll);
    }

    public CompletableFuture<R> submit(C change) {
        Pending<C, R> pending = new Pending<>(change, new CompletableFuture<>());
        synchronized (queue) {
            if (closed) {
                throw new IllegalStateException("the ledger is closed");
            }
            queue.add(Optional.of(pending));
        }
        return pending.result();
    }

    private void writeAll() {
        boolean running = true;
        while (running) {
            List<Optional<Pending<C, R>>> drained = new ArrayList<>();
            try {
                drained.add(queue.take());
            } catch (InterruptedException _) {
                continue;
            }
            queue.drainTo(drained, maxBatchSize - 1);
            running = drained.stream().allMatch(Optional::isPresent);
            write(drained.stream().flatMap(Optional::stream).toList());
        }
    }

    private void write(List<Pending<C, R>> batch) {
        try {
            writer.accept(batch);
        } catch (RuntimeException | Error e) {
            batch.forEach(pending -> pending.result().completeExceptionally(e));
        }
    }

    /** Writes the pending changes, then stops. */
    @Override
    public void close() {
        synchronized (queue) {
            if (!closed) {
                closed = true;
                queue.add(Optional.empty());
            }
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
