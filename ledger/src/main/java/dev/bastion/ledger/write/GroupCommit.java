package dev.bastion.ledger.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A single writer for many callers: the changes that arrive while one batch is written form the next batch, the urgent ones
 * first, each kind in the order of its arrival. Each caller gets its own result. While no change waits, it does its idle work.
 * Without a thread of its own, each caller writes what waits, and {@link #step} does the idle work.
 *
 * @param <C> the change to write
 * @param <R> its result
 */
public final class GroupCommit<C, R> implements AutoCloseable {
    /** A change that waits to be written; the writer completes its result. */
    public record Pending<C, R>(C change, CompletableFuture<R> result) {}

    private record Queued<C, R>(int rank, long number, Optional<Pending<C, R>> pending) {}

    private static final int URGENT = 0;
    private static final int USUAL = 1;
    private static final int WAKE = 2;
    private static final int LAST = 3;

    private final BlockingQueue<Queued<C, R>> queue = new PriorityBlockingQueue<>(
            16, Comparator.<Queued<C, R>>comparingInt(Queued::rank).thenComparingLong(Queued::number));
    private final Predicate<C> isUrgent;
    private final Consumer<List<Pending<C, R>>> writer;
    private final IdleWork idle;
    private final int maxBatchSize;
    private final Optional<Thread> thread;
    private long submitted;
    private boolean closed;

    /**
     * @param maxBatchSize the largest batch
     * @param isUrgent whether a change goes before others
     * @param writer must complete every result, or throw, which fails the ones it has not completed
     * @param idle what it does while no change waits
     */
    public GroupCommit(
            String name, int maxBatchSize, Predicate<C> isUrgent, Consumer<List<Pending<C, R>>> writer, IdleWork idle) {
        this(name, maxBatchSize, isUrgent, writer, idle, Pacing.THREADS);
    }

    /** @param pacing whether it has a thread of its own */
    public GroupCommit(
            String name,
            int maxBatchSize,
            Predicate<C> isUrgent,
            Consumer<List<Pending<C, R>>> writer,
            IdleWork idle,
            Pacing pacing) {
        this.idle = idle;
        this.isUrgent = isUrgent;
        this.writer = writer;
        this.maxBatchSize = maxBatchSize;
        this.thread = switch (pacing) {
            case THREADS -> Optional.of(Thread.ofPlatform().daemon().name(name).start(this::writeAll));
            case STEPS -> Optional.empty();
        };
    }

    public CompletableFuture<R> submit(C change) {
        Pending<C, R> pending = new Pending<>(change, new CompletableFuture<>());
        synchronized (queue) {
            if (closed) {
                throw new IllegalStateException("the ledger is closed");
            }
            queue.add(new Queued<>(isUrgent.test(change) ? URGENT : USUAL, submitted++, Optional.of(pending)));
        }
        if (thread.isEmpty()) {
            step();
        }
        return pending.result();
    }

    /** Writes what waits, and does a part of the idle work if some is due; for one without a thread. */
    public void step() {
        List<Queued<C, R>> drained = new ArrayList<>();
        queue.drainTo(drained, maxBatchSize);
        work(drained);
    }

    /** Says that there is idle work now. */
    public void wake() {
        synchronized (queue) {
            if (!closed) {
                queue.add(new Queued<>(WAKE, submitted++, Optional.empty()));
            }
        }
    }

    private void writeAll() {
        boolean running = true;
        while (running) {
            List<Queued<C, R>> drained = drain();
            running = drained.stream().noneMatch(queued -> queued.rank() == LAST);
            work(drained);
        }
    }

    private void work(List<Queued<C, R>> drained) {
        List<Pending<C, R>> changes =
                drained.stream().map(Queued::pending).flatMap(Optional::stream).toList();
        if (!changes.isEmpty()) {
            write(changes);
        }
        if (queue.isEmpty() && idle.dueIn().filter(Duration::isZero).isPresent()) {
            idle.run();
        }
    }

    /** The next changes; empty when there is idle work first, or no reason to go on waiting. */
    private List<Queued<C, R>> drain() {
        List<Queued<C, R>> drained = new ArrayList<>();
        try {
            Optional<Duration> pause = idle.dueIn();
            Queued<C, R> first =
                    pause.isEmpty() ? queue.take() : queue.poll(pause.get().toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                drained.add(first);
                queue.drainTo(drained, maxBatchSize - 1);
            }
        } catch (InterruptedException _) {
            // nobody stops this thread but close
        }
        return drained;
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
                queue.add(new Queued<>(LAST, submitted, Optional.empty()));
            }
        }
        if (thread.isEmpty()) {
            step();
            return;
        }
        try {
            thread.get().join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
