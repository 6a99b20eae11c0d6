package dev.bastion.ledger.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * One writer, many who wait: whatever has come while the last batch was being written is the next batch. Each who waits
 * learns its own outcome.
 *
 * @param <C> what is to be written
 * @param <R> what is answered
 */
public final class GroupCommit<C, R> implements AutoCloseable {
    /** One that waits; the writer completes the answer. */
    public record Waiting<C, R>(C change, CompletableFuture<R> answer) {}

    private final BlockingQueue<Optional<Waiting<C, R>>> queue = new LinkedBlockingQueue<>();
    private final Consumer<List<Waiting<C, R>>> writer;
    private final int most;
    private final Thread thread;
    private boolean closed;

    /**
     * @param most the largest batch
     * @param writer must complete every answer it is given, or throw, which fails those it has not completed
     */
    public GroupCommit(String name, int most, Consumer<List<Waiting<C, R>>> writer) {
        this.writer = writer;
        this.most = most;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::writeAll);
    }

    public CompletableFuture<R> submit(C change) {
        Waiting<C, R> one = new Waiting<>(change, new CompletableFuture<>());
        synchronized (queue) {
            if (closed) {
                throw new IllegalStateException("the ledger is closed");
            }
            queue.add(Optional.of(one));
        }
        return one.answer();
    }

    private void writeAll() {
        boolean more = true;
        while (more) {
            List<Optional<Waiting<C, R>>> drained = new ArrayList<>();
            try {
                drained.add(queue.take());
            } catch (InterruptedException _) {
                continue;
            }
            queue.drainTo(drained, most - 1);
            more = drained.stream().allMatch(Optional::isPresent);
            write(drained.stream().flatMap(Optional::stream).toList());
        }
    }

    private void write(List<Waiting<C, R>> batch) {
        try {
            writer.accept(batch);
        } catch (RuntimeException | Error e) {
            batch.forEach(one -> one.answer().completeExceptionally(e));
        }
    }

    /** Writes what still waits, then stops. */
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
